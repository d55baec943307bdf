/**
 * Runs scenarios, which are small training programs with scripted callbacks, and records what was observed. The records show whether
 * Rondo's loop agrees with fastai's, event for event and number for number.
 *
 * <p>May depend on all packages of the runtime, on picocli and on jackson-jr.
 */
package dev.rondo.examples.conformance;
