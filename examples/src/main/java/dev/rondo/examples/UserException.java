package dev.rondo.examples;

/** A mistake in what the user gave: one sentence that says what is wrong, where, and what to do. No stack trace is shown for it. */
public final class UserException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param message the sentence */
    public UserException(String message) {
        super(message);
    }

    /** The same, with what it came from. */
    public UserException(String message, Throwable cause) {
        super(message, cause);
    }
}
