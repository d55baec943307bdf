/**
 * Profiling: a table of what steps, phases and handlers cost, from a Java Flight Recorder recording. It costs nothing without a recording.
 *
 * <p>May depend on jdk.jfr only.
 */
@NullMarked
package dev.rondo.profile;

import org.jspecify.annotations.NullMarked;
