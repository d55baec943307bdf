/**
 * Files of named tensors: safetensors, which other programs read and write too, written so that a crash leaves the old file or the new one.
 *
 * <p>May depend on {@link dev.rondo.nn}, {@link dev.rondo.torch}, org.bytedeco.pytorch and jackson-jr.
 */
@NullMarked
package dev.rondo.checkpoint;

import org.jspecify.annotations.NullMarked;
