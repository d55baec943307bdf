package dev.rondo.dispatch;

import dev.rondo.event.Event;
import dev.rondo.event.Phase;

/** Sees what a dispatcher does. An event that fails or is cancelled has no end. */
public interface Observer<L> {
    /** An event begins. */
    void begins(Event event, Phase phase);

    /** All its handlers are done. */
    void ends(Event event, Phase phase);

    /** A handler is about to be called. */
    void calls(Registration<L> registration, EventKey at);

    /** It has returned, or has thrown. */
    void called(Registration<L> registration, EventKey at);
}
