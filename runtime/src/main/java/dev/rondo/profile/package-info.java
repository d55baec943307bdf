/**
 * Where the time of a run goes: events of Java Flight Recorder for steps, phases and handlers, and a table made of them. Free while
 * nobody records.
 *
 * <p>May depend on {@link dev.rondo.dispatch}, {@link dev.rondo.event} and jdk.jfr.
 */
@NullMarked
package dev.rondo.profile;

import org.jspecify.annotations.NullMarked;
