/**
 * Data: batches, loaders over tensors, and the IDX file format. They can be used without a learner.
 *
 * <p>May depend on {@code dev.rondo.check}, {@link dev.rondo.torch}, org.bytedeco.pytorch and the SLF4J API.
 */
@NullMarked
package dev.rondo.data;

import org.jspecify.annotations.NullMarked;
