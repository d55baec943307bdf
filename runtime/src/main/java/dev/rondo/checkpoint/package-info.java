/**
 * Files of named tensors in the safetensors format, which other programs can read and write too. Files are written atomically: after a
 * crash, either the old or the new file is there.
 *
 * <p>May depend on {@link dev.rondo.nn}, {@link dev.rondo.torch}, org.bytedeco.pytorch and jackson-jr.
 */
@NullMarked
package dev.rondo.checkpoint;

import org.jspecify.annotations.NullMarked;
