/** Compares the cost of calling the same handlers in four designs. Depends on {@code dev.rondo.dispatch} and on JMH. */
package dev.rondo.benchmarks.dispatch;
