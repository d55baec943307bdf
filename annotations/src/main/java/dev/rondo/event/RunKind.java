package dev.rondo.event;

/** What a call of the learner does: the kind of a run. */
public enum RunKind {
    /** {@code fit} and its variants: trains and validates. */
    FIT,
    /** {@code validate}: computes loss and metrics over one loader. */
    VALIDATE,
    /** {@code getPreds} and {@code predict}: collects predictions. */
    PREDICT,
    /** {@code lrFind}: trains with rising learning rates and then restores the learner. */
    LR_FIND
}
