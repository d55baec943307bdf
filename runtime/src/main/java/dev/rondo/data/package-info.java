/**
 * Data: batches, loaders over tensors, the IDX file format. Usable without a learner.
 *
 * <p>May depend on {@link dev.rondo.torch} and org.bytedeco.pytorch.
 */
package dev.rondo.data;
