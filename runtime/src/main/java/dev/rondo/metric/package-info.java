/**
 * Metrics. Their sums are on the device of the predictions and are read once for each phase. They can be used without a learner.
 *
 * <p>May depend on {@link dev.rondo.annotation}, {@code dev.rondo.check}, {@link dev.rondo.torch} and org.bytedeco.pytorch.
 */
@NullMarked
package dev.rondo.metric;

import org.jspecify.annotations.NullMarked;
