package dev.rondo.spi;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * State that generated code cannot save by itself. A callback implements this interface, or the type of one of its
 * {@link dev.rondo.annotation.Checkpointed} fields.
 */
public interface CallbackState {
    /** The state by name: numbers, booleans, strings, enum constants, tensors, lists and maps of these, nulls. Tensors are not copied. */
    Map<String, @Nullable Object> saveState();

    /**
     * Restores a state that {@link #saveState} returned, perhaps in another process. Enum constants are their names in it, and keys of maps
     * are strings. This object owns its tensors from now on.
     *
     * @throws IllegalArgumentException if a value is missing, unknown or of another type
     */
    void loadState(Map<String, @Nullable Object> state);
}
