/**
 * The annotations that the author of a callback writes. Class files keep them, so that a callback can be extended in another artifact. None
 * is read by reflection.
 *
 * <p>May depend on {@link dev.rondo.event}.
 */
@NullMarked
package dev.rondo.annotation;

import org.jspecify.annotations.NullMarked;
