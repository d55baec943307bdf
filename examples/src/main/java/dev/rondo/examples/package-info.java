/**
 * Runnable programs and the command line {@code rondo}, with the data set that they train on.
 *
 * <p>May depend on everything of the runtime, and on picocli and jackson-jr.
 */
package dev.rondo.examples;
