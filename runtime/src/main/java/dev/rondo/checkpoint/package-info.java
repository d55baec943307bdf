/**
 * Weights in files. {@link dev.rondo.checkpoint.WeightsFile} reads safetensors files and those of {@code torch.save}, {@link
 * dev.rondo.checkpoint.Safetensors} writes, atomically: after a crash, either the old or the new file is there. {@link
 * dev.rondo.checkpoint.Weights} copies tensors into a model, with {@link dev.rondo.checkpoint.LoadOptions}.
 *
 * <p>Checkpoints in folders. A {@link dev.rondo.checkpoint.CheckpointStore} writes and reads {@link dev.rondo.checkpoint.CheckpointContent}:
 * tensors and other values. It does not know what they mean.
 *
 * <p>May depend on {@code dev.rondo.checkpoint.pickle}, {@link dev.rondo.nn}, {@link dev.rondo.torch}, org.bytedeco.pytorch and jackson-jr.
 */
@NullMarked
package dev.rondo.checkpoint;

import org.jspecify.annotations.NullMarked;
