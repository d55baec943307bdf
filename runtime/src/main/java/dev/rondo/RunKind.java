package dev.rondo;

/** What a run is for: callbacks that track a fit stay out of the others. */
public enum RunKind {
    /** {@code fit} and its variants. */
    FIT,
    /** {@code validate}: metrics of one loader. */
    VALIDATE,
    /** {@code getPreds} and {@code predict}. */
    PREDICT,
    /** The learning-rate finder's mock fit. */
    LR_FIND
}
