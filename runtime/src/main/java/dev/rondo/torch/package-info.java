/**
 * Every unsafe call: the start of the native libraries, devices and threads, ownership of native handles, operators
 * that the generated API leaves out. Other packages reach libtorch through {@code org.bytedeco.pytorch} and what stands
 * here.
 *
 * <p>May depend on org.bytedeco and the SLF4J API only.
 */
@NullMarked
package dev.rondo.torch;

import org.jspecify.annotations.NullMarked;
