package dev.rondo.examples;

/** A mistake in what the user gave: one sentence that says what is wrong, where, and what to do. No stack trace is shown for it. */
public final class UserException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UserException(String message) {
        super(message);
    }

    public UserException(String message, Throwable cause) {
        super(message, cause);
    }
}
