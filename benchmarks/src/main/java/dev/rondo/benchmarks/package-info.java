/**
 * What Rondo costs: dispatch, steps and whole runs, beside loops written by hand and other frameworks. {@code rondo bench NAME} runs one;
 * docs/benchmarks.md says how to read it.
 *
 * <p>May depend on everything of the runtime and on the examples, whose data set it trains on. Benchmarks are no tests: they measure
 * and never fail.
 */
package dev.rondo.benchmarks;
