/**
 * From callback objects to calls: finds the generated table of a callback, keeps the registrations of a learner, and flattens their
 * handlers into one array per event and phase.
 *
 * <p>May depend on {@link dev.rondo.spi} and {@link dev.rondo.event}.
 */
package dev.rondo.dispatch;
