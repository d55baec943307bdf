/**
 * Dispatches events to callbacks: finds the generated table of a callback, keeps the registrations of a learner, and builds one flat list
 * of handlers for each event and phase of a run.
 *
 * <p>May depend on {@link dev.rondo.spi} and {@link dev.rondo.event}. Not exported: it is not for users.
 */
@NullMarked
package dev.rondo.dispatch;

import org.jspecify.annotations.NullMarked;
