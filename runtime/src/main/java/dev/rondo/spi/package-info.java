/**
 * What generated code needs of the runtime, and all that it may use: a small, versioned contract between an artifact's generated tables
 * and whatever version of the runtime runs them. Tables may also be written by hand.
 *
 * <p>May depend on {@link dev.rondo.event}.
 */
package dev.rondo.spi;
