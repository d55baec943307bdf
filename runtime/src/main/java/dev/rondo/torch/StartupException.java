package dev.rondo.torch;

/**
 * The native libraries or a requested device cannot be used on this machine. The message is one sentence that says what is missing, where,
 * and what to do. The cause is the error of JavaCPP, libtorch or the file system.
 */
public final class StartupException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param message one sentence: what is missing, where, and what to do */
    public StartupException(String message) {
        super(message);
    }

    /**
     * @param message one sentence: what is missing, where, and what to do
     * @param cause the error of the loader or the file system
     */
    public StartupException(String message, Throwable cause) {
        super(message, cause);
    }
}
