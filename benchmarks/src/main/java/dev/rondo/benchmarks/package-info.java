/**
 * The place of what measures Rondo's cost: dispatch, steps and whole runs, beside loops written by hand and other frameworks. It holds
 * no benchmark yet.
 *
 * <p>May depend on everything of the runtime. Benchmarks are no tests: they measure and never fail.
 */
package dev.rondo.benchmarks;
