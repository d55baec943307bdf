/**
 * Writes the model down as Java 17 source, with JavaPoet: the table of a class, the index of an artifact. The output depends on nothing
 * but the model, so it is the same byte for byte whenever the input is.
 *
 * <p>May depend on {@link dev.rondo.processor.model} and {@link dev.rondo.event}.
 */
package dev.rondo.processor.write;
