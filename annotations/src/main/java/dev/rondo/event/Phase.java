package dev.rondo.event;

/** The two kinds of batches a run works through. */
public enum Phase {
    /** Batches of the training loader: with backward and step. */
    TRAIN,
    /** Batches of the validation loader, of {@code validate} and of {@code getPreds}: no gradients, no step. */
    VALID
}
