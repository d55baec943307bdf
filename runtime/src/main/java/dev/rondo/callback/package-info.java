/**
 * The built-in callbacks: plain annotated classes, compiled by our own processor.
 *
 * <p>May depend on {@link dev.rondo} and what that depends on.
 */
package dev.rondo.callback;
