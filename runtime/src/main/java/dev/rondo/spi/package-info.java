/**
 * The contract between generated code and the runtime: the only types of the runtime that generated code uses. It is small and versioned,
 * since an artifact's generated tables may run with another version of the runtime. Tables may also be written by hand.
 *
 * <p>May depend on {@link dev.rondo.event}.
 */
@NullMarked
package dev.rondo.spi;

import org.jspecify.annotations.NullMarked;
