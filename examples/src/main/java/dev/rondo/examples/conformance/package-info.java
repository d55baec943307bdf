/**
 * Plays scenarios, small training programs with scripted callbacks, and writes down what was observed, so that Rondo's loop can be
 * compared with fastai's, event for event and number for number.
 *
 * <p>May depend on everything of the runtime, and on picocli and jackson-jr.
 */
package dev.rondo.examples.conformance;
