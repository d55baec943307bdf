/**
 * Reads declarations into the {@link dev.rondo.processor.model model}. Annotations are read as mirrors through visitors, because a compiler may
 * provide any value for a faulty source. A type that does not exist yet causes a {@link dev.rondo.processor.read.MissingTypeException}.
 *
 * <p>May depend on {@link dev.rondo.processor.model} and {@link dev.rondo.event}.
 */
package dev.rondo.processor.read;
