package dev.rondo;

import dev.rondo.spi.StateReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The states that were loaded outside of a run, kept for the next fit: callbacks begin anew in its before_fit, and get them once more
 * behind it. The kept tensors are copies.
 */
final class LoadedStates implements AutoCloseable {
    private Map<String, Map<String, Object>> kept = Map.of();

    /** Keeps states in the place of those before them. */
    void keep(Map<String, ? extends Map<String, ?>> states) {
        Map<String, Map<String, Object>> copies = new LinkedHashMap<>();
        states.forEach((name, state) -> copies.put(name, CallbackStates.copy(state)));
        close();
        kept = copies;
    }

    /**
     * Gives them to the callbacks of a fit, and keeps them no longer.
     *
     * @throws IllegalArgumentException if they do not fit; then no callback has got any
     */
    void giveTo(List<CallbackHandle> callbacks) {
        try {
            if (!kept.isEmpty()) CallbackStates.loadAgain(callbacks, kept);
        } finally {
            close();
        }
    }

    /** Forgets them. */
    @Override
    public void close() {
        StateReader.release(kept);
        kept = Map.of();
    }
}
