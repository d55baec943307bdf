/**
 * Profiling: Java Flight Recorder events for steps, phases and handlers, and a table of them. It costs nothing while there is no recording.
 *
 * <p>May depend on {@link dev.rondo.dispatch}, {@link dev.rondo.event} and jdk.jfr.
 */
@NullMarked
package dev.rondo.profile;

import org.jspecify.annotations.NullMarked;
