/**
 * Metrics, accumulated where the tensors are and read once an epoch. Usable without a learner.
 *
 * <p>May depend on {@link dev.rondo.torch} and org.bytedeco.pytorch.
 */
@NullMarked
package dev.rondo.metric;

import org.jspecify.annotations.NullMarked;
