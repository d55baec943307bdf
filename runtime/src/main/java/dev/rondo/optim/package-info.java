/**
 * Optimizers, over libtorch's fused and foreach kernels. They own their state, so that it can be saved and restored exactly. They can be
 * used without a learner.
 *
 * <p>May depend on {@code dev.rondo.check}, {@link dev.rondo.torch}, {@link dev.rondo.nn} (for parameters), org.bytedeco.pytorch and the SLF4J API.
 */
@NullMarked
package dev.rondo.optim;

import org.jspecify.annotations.NullMarked;
