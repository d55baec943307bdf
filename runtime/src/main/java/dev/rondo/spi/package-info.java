/**
 * The contract with generated code: everything that the tables and plans of an artifact use of the runtime. It is small and versioned, so
 * that tables run on another version of the runtime. Tables may also be written by hand.
 *
 * <p>May depend on {@link dev.rondo.event}.
 */
@NullMarked
package dev.rondo.spi;

import org.jspecify.annotations.NullMarked;
