/**
 * Reads declarations into the {@link dev.rondo.processor.model model}. Annotations are read as mirrors, through visitors: a compiler may
 * hand over anything where the source is broken. A type that does not exist yet ends the reading with a
 * {@link dev.rondo.processor.read.MissingTypeException}.
 *
 * <p>May depend on {@link dev.rondo.processor.model}, {@link dev.rondo.event} and the nearest name of {@link dev.rondo.processor.report}.
 */
package dev.rondo.processor.read;
