package dev.rondo.torch;

/**
 * The native libraries, or a device that was asked for, cannot be used on this machine as it is. The message is one
 * sentence that names what is missing, where, and the way out; the cause is what JavaCPP, libtorch or the file system
 * said.
 */
public final class StartupException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param message one sentence: what is missing, where, and the way out */
    public StartupException(String message) {
        super(message);
    }

    /** The same, with what the loader or the file system said. */
    public StartupException(String message, Throwable cause) {
        super(message, cause);
    }
}
