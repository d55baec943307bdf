/**
 * From callback objects to calls: finds the generated table of a callback, keeps the registrations of a learner, and flattens their
 * handlers into one list for each event and phase of a run.
 *
 * <p>May depend on {@link dev.rondo.spi} and {@link dev.rondo.event}. Not exported: it is not for users.
 */
@NullMarked
package dev.rondo.dispatch;

import org.jspecify.annotations.NullMarked;
