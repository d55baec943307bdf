package dev.rondo.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rondo.CallbackException;
import org.junit.jupiter.api.function.Executable;

/**
 * A wrong call.
 *
 * @param message the whole message of its exception, or of the exception of a callback
 */
public record Wrong(String message, Executable call) {
    public static Wrong call(String message, Executable call) {
        return new Wrong(message, call);
    }

    public void assertSaid() {
        Throwable thrown = assertThrows(RuntimeException.class, call);
        if (thrown instanceof CallbackException) thrown = thrown.getCause();
        assertEquals(message, thrown.getMessage());
    }

    @Override
    public String toString() {
        return message;
    }
}
