/**
 * Everything that can crash the process if it is used wrongly: the start of the native libraries, devices and threads, ownership of native
 * handles, and operators that the generated API does not have. Other packages use libtorch through {@code org.bytedeco.pytorch} and this
 * package.
 *
 * <p>May depend on {@link dev.rondo.annotation}, org.bytedeco and the SLF4J API only.
 */
@NullMarked
package dev.rondo.torch;

import org.jspecify.annotations.NullMarked;
