package dev.rondo.dispatch;

import dev.rondo.event.Event;
import dev.rondo.event.Phase;

/** Observes the events and handler calls of a dispatcher. An event that fails or is cancelled does not call {@link #ends}. */
public interface Observer<L> {
    /** An event begins. */
    void begins(Event event, Phase phase);

    /** An event has ended: all its handlers have returned. */
    void ends(Event event, Phase phase);

    /** A handler is about to be called. */
    void calls(Registration<L> registration, EventKey at);

    /** A handler has returned or thrown. */
    void called(Registration<L> registration, EventKey at);
}
