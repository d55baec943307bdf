/**
 * Data: batches, loaders over tensors, and the IDX file format. They can be used without a learner.
 *
 * <p>May depend on {@link dev.rondo.torch} and org.bytedeco.pytorch.
 */
@NullMarked
package dev.rondo.data;

import org.jspecify.annotations.NullMarked;
