/** The cost of compiling callbacks with the annotation processor. Depends on the compiler of the JDK, and on the processor as a jar only. */
package dev.rondo.benchmarks.processor;
