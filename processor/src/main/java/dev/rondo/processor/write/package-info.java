/**
 * Generates Java 17 sources from the model with JavaPoet: the table of a class, the index of an artifact, the class of a plan. The output
 * depends only on the model, so equal input gives equal bytes.
 *
 * <p>May depend on {@link dev.rondo.processor.model} and {@link dev.rondo.event}.
 */
package dev.rondo.processor.write;
