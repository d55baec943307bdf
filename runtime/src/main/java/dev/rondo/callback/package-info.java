/**
 * The built-in callbacks that the learner itself does not need: plain annotated classes, compiled by Rondo's own processor.
 *
 * <p>May depend on {@link dev.rondo} and on the packages that it depends on. No other package depends on this one.
 */
@NullMarked
package dev.rondo.callback;

import org.jspecify.annotations.NullMarked;
