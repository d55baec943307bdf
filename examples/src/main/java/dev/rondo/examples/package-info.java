/**
 * Example programs and the command line {@code rondo}, with the data set that they train on.
 *
 * <p>May depend on all packages of the runtime, on picocli and on jackson-jr.
 */
package dev.rondo.examples;
