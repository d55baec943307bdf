/**
 * Optimizers over libtorch's fused kernels. They own their state, so that it can be saved and restored exactly. Usable without a
 * learner.
 *
 * <p>May depend on {@link dev.rondo.torch}, {@link dev.rondo.nn} (for parameters) and org.bytedeco.pytorch.
 */
@NullMarked
package dev.rondo.optim;

import org.jspecify.annotations.NullMarked;
