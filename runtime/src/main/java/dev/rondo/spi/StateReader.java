package dev.rondo.spi;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the saved state of one callback for generated code, each value by its name and {@link StateType}. */
public final class StateReader {
    private final StatePlace place;
    private final Map<String, ? extends @Nullable Object> state;
    private final Set<String> unread;

    /**
     * @param owner the name of the callback's registration, used in messages
     * @param state the state that {@link CallbackTable#saveState} wrote
     */
    public StateReader(String owner, Map<String, ? extends @Nullable Object> state) {
        this(new StatePlace(owner, ""), state);
    }

    StateReader(StatePlace place, Map<String, ? extends @Nullable Object> state) {
        this.place = place;
        this.state = state;
        unread = new TreeSet<>(state.keySet());
    }

    /** A value by its name. */
    public <T> @Nullable T read(String name, StateType<T> type) {
        return type.read(take(name), place.member(name));
    }

    /** The state of a {@link CallbackState}, or null. */
    public @Nullable Map<String, @Nullable Object> nested(String name) {
        Object saved = take(name);
        return saved == null ? null : place.member(name).map(saved);
    }

    /** Checks that the contents of a final field can be replaced, by a call that adds nothing. */
    public void checkInPlace(String name, @Nullable Collection<?> container) {
        checkInPlace(name, container, () -> requireNonNull(container).addAll(List.of()));
    }

    /** The same for a map. */
    public void checkInPlace(String name, @Nullable Map<?, ?> container) {
        checkInPlace(name, container, () -> requireNonNull(container).putAll(Map.of()));
    }

    private void checkInPlace(String name, @Nullable Object container, Runnable change) {
        try {
            change.run();
        } catch (UnsupportedOperationException | NullPointerException e) {
            throw new StatePlace.StateException(
                    "The final field '" + name + "' of callback '" + place.owner() + "' holds "
                            + (container == null ? "null" : "a collection that cannot be changed")
                            + ". Let it hold one that can, or drop 'final'.");
        }
    }

    /** Checks that everything has been read: the callback does not know what is left. */
    public void end() {
        if (!unread.isEmpty()) {
            String names = unread.stream()
                    .map(name -> "'" + place.member(name).path() + "'")
                    .collect(Collectors.joining(", "));
            throw place.otherVersion(names + ", which the callback does not know");
        }
    }

    /** Closes the tensors in the saved form of a value that is being replaced. */
    public static void release(@Nullable Object value) {
        if (value instanceof Collection<?> c) c.forEach(StateReader::release);
        else if (value instanceof Map<?, ?> map) map.values().forEach(StateReader::release);
        else if (value instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException("A value that is being replaced could not be closed.", e);
            }
        }
    }

    private @Nullable Object take(String name) {
        if (!state.containsKey(name))
            throw place.otherVersion("no '" + place.member(name).path() + "'");
        unread.remove(name);
        return state.get(name);
    }
}
