/**
 * Java Flight Recorder events of a learner's steps, phases and handlers.
 *
 * <p>May depend on {@code dev.rondo.dispatch} and {@link dev.rondo.event}. Not exported: recordings are read by the names of the events.
 */
@NullMarked
package dev.rondo.flight;

import org.jspecify.annotations.NullMarked;
