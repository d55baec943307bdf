package dev.rondo.spi;

import org.jspecify.annotations.Nullable;

/**
 * The tables of one artifact, found through {@link java.util.ServiceLoader}. The annotation processor generates it, under a name that
 * ends in a hash of its members, so that the indexes of main and test classes of one package do not hide each other.
 */
public interface CallbackIndex {
    /**
     * A table for the handlers that a class declares or inherits.
     *
     * @param type the class of the callback, or a superclass of it
     * @param callback an instance of it
     * @return null if this index has no table for the class
     */
    @Nullable
    CallbackTable<?> table(Class<?> type, Object callback);
}
