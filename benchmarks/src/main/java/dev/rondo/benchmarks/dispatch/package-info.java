/** The cost of calling callbacks: four designs, the same handlers. Depends on {@code dev.rondo.dispatch}, and on JMH. */
package dev.rondo.benchmarks.dispatch;
