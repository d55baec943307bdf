/**
 * Measures the cost of compiling callbacks with the annotation processor. Depends on the compiler of the JDK. Runs the processor from its
 * jar, without depending on its classes.
 */
package dev.rondo.benchmarks.processor;
