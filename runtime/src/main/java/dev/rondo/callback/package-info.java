/**
 * The built-in callbacks. They are plain annotated classes, as those of a user, and are compiled by the same annotation processor.
 *
 * <p>May depend on {@link dev.rondo} and its dependencies.
 */
@NullMarked
package dev.rondo.callback;

import org.jspecify.annotations.NullMarked;
