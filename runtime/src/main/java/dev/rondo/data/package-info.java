/**
 * Data: batches, loaders over tensors, the IDX file format. Usable without a learner.
 *
 * <p>May depend on {@link dev.rondo.torch} and org.bytedeco.pytorch.
 */
@NullMarked
package dev.rondo.data;

import org.jspecify.annotations.NullMarked;
