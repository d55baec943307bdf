/**
 * The facts of a run: its 24 {@linkplain dev.rondo.event.Event events}, its seven nested {@linkplain dev.rondo.event.Scope scopes}
 * and the {@linkplain dev.rondo.event.CancelException cancels} that leave them. They are stated here once, for the annotation processor,
 * the runtime and the documentation.
 *
 * <p>Depends on nothing.
 */
@NullMarked
package dev.rondo.event;

import org.jspecify.annotations.NullMarked;
