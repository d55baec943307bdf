package dev.rondo.spi;

import java.util.Map;

/**
 * State that generated code cannot save by itself: a callback implements this, or the type of one of its
 * {@link dev.rondo.annotation.Checkpointed} fields does.
 */
public interface CallbackState {
    /** The state by name: numbers, booleans, strings, enum constants, tensors, lists and maps of these, and nulls. Tensors are not copied. */
    Map<String, Object> saveState();

    /**
     * Takes a state that {@link #saveState} gave, perhaps in another process: enum constants have become their names, keys of maps
     * strings. Its tensors belong to this object from now on. A state that is loaded before a fit comes again when that has begun.
     *
     * @throws IllegalArgumentException if a value is missing, unknown or of another type
     */
    void loadState(Map<String, Object> state);
}
