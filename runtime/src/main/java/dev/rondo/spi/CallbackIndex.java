package dev.rondo.spi;

import org.jspecify.annotations.Nullable;

/**
 * The callback tables of one artifact, found through {@link java.util.ServiceLoader}. The annotation processor generates the
 * implementation. Its name ends in a hash of its members, so that the indexes of main and test classes in one package do not hide each
 * other.
 */
public interface CallbackIndex {
    /**
     * Creates a table for the handlers that a class declares or inherits.
     *
     * @param type the class of the callback, or a superclass of it
     * @param callback an instance of the class
     * @return null if this index has no table for the class
     */
    @Nullable
    CallbackTable<?> table(Class<?> type, Object callback);
}
