/**
 * The facts of a run: its 24 {@linkplain dev.rondo.event.Event events}, its seven nested {@linkplain dev.rondo.event.Scope scopes}
 * and the {@linkplain dev.rondo.event.CancelException cancels} that leave them. The annotation processor, the runtime and the
 * documents all read them here.
 *
 * <p>Depends on nothing.
 */
package dev.rondo.event;
