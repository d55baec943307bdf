/**
 * Benchmarks of dispatch, optimizer steps and whole trainings, compared with loops written by hand and with other frameworks.
 * {@code rondo bench NAME} runs a benchmark; docs/benchmarks.md explains it.
 *
 * <p>May depend on all packages of the runtime, and on the examples for their data set. Benchmarks are not tests: they only measure.
 */
package dev.rondo.benchmarks;
