/**
 * Weights in files. {@link dev.rondo.checkpoint.WeightsFile} reads safetensors files and those of {@code torch.save}, {@link
 * dev.rondo.checkpoint.Safetensors} writes, atomically: after a crash, either the old or the new file is there. {@link
 * dev.rondo.checkpoint.Weights} copies tensors into a model, with {@link dev.rondo.checkpoint.LoadOptions}.
 *
 * <p>May depend on {@code dev.rondo.checkpoint.pickle}, {@link dev.rondo.nn}, {@link dev.rondo.torch}, org.bytedeco.pytorch and jackson-jr.
 */
@NullMarked
package dev.rondo.checkpoint;

import org.jspecify.annotations.NullMarked;
