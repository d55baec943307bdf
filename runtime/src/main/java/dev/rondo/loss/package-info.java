/**
 * Loss functions. They can be used without a learner.
 *
 * <p>May depend on {@code dev.rondo.check}, {@link dev.rondo.torch} and org.bytedeco.pytorch.
 */
@NullMarked
package dev.rondo.loss;

import org.jspecify.annotations.NullMarked;
