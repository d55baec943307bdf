package dev.rondo.spi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the saved state of one callback for generated code, each value by its name and type. A number may have another type than the one
 * that was saved, as after a file format, if its value is the same.
 */
public final class StateReader {
    private final String owner;
    private final Map<String, ? extends @Nullable Object> state;
    private final Set<String> unread;

    /**
     * @param owner the name of the callback's registration, used in messages
     * @param state the state that {@link CallbackTable#saveState} wrote
     */
    public StateReader(String owner, Map<String, ? extends @Nullable Object> state) {
        this.owner = owner;
        this.state = state;
        unread = new TreeSet<>(state.keySet());
    }

    /** A value that may be null. */
    public <T> @Nullable T value(String name, Class<T> type) {
        return convert(name, read(name), type);
    }

    /** A value that must not be null. */
    public <T> T required(String name, Class<T> type) {
        T value = value(name, type);
        if (value == null) throw fault(name, "is null, and " + type.getSimpleName() + " has no such value");
        return value;
    }

    /** A list, or null. */
    public <T> @Nullable List<@Nullable T> list(String name, Class<T> element) {
        List<?> saved = convert(name, read(name), List.class);
        if (saved == null) return null;
        List<@Nullable T> list = new ArrayList<>();
        for (Object o : saved) list.add(convert(name, o, element));
        return list;
    }

    /** A list that must not be null, nor have null elements. */
    public <T> List<T> requiredList(String name, Class<T> element) {
        List<@Nullable T> list = list(name, element);
        if (list == null) throw fault(name, "is null, not a list");
        List<T> elements = new ArrayList<>();
        for (T value : list) {
            if (value == null) throw fault(name, "has an element that is null");
            elements.add(value);
        }
        return elements;
    }

    /** A map, or null. Its keys were written as text. */
    public <K, V> @Nullable Map<K, @Nullable V> map(String name, Function<String, K> key, Class<V> value) {
        Map<String, @Nullable Object> saved = nested(name);
        if (saved == null) return null;
        Map<K, @Nullable V> map = new LinkedHashMap<>();
        saved.forEach((k, v) -> {
            try {
                map.put(key.apply(k), convert(name, v, value));
            } catch (IllegalArgumentException e) {
                throw e instanceof StateException ? e : fault(name, "has the invalid key '" + k + "'");
            }
        });
        return map;
    }

    /** The state of a {@link CallbackState}, or null. */
    public @Nullable Map<String, @Nullable Object> nested(String name) {
        Map<?, ?> saved = convert(name, read(name), Map.class);
        if (saved == null) return null;
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        saved.forEach((k, v) -> map.put(String.valueOf(k), v));
        return map;
    }

    /** Checks that everything has been read: the callback does not know what is left. */
    public void end() {
        if (!unread.isEmpty()) {
            throw new StateException("The state of callback '" + owner + "' has " + quoted(unread)
                    + ", which the callback does not know. Restore it with the version of the class that saved it.");
        }
    }

    /** Closes the tensors in a value that is being replaced. */
    public static void release(@Nullable Object value) {
        if (value instanceof List<?> list) list.forEach(StateReader::release);
        else if (value instanceof Map<?, ?> map) map.values().forEach(StateReader::release);
        else if (value instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException("A value that is being replaced could not be closed.", e);
            }
        }
    }

    private @Nullable Object read(String name) {
        if (!state.containsKey(name)) {
            throw new StateException("The state of callback '" + owner + "' has no '" + name
                    + "'. Restore it with the version of the class that saved it.");
        }
        unread.remove(name);
        return state.get(name);
    }

    private <T> @Nullable T convert(String name, @Nullable Object value, Class<T> type) {
        if (value == null || type.isInstance(value)) return type.cast(value);
        @Nullable Object converted = null;
        if (value instanceof Number n && Number.class.isAssignableFrom(type)) converted = StateValues.number(n, type);
        else if (value instanceof String text && type == Character.class && text.length() == 1) {
            converted = text.charAt(0);
        } else if (value instanceof String text && type.isEnum()) converted = StateValues.constant(text, type);
        if (converted == null) {
            throw fault(
                    name, "is " + value + " (" + value.getClass().getSimpleName() + "), not a " + type.getSimpleName());
        }
        return type.cast(converted);
    }

    private StateException fault(String name, String what) {
        return new StateException("In the state of callback '" + owner + "', '" + name + "' " + what + ".");
    }

    private static String quoted(Set<String> names) {
        return "'" + String.join("', '", names) + "'";
    }

    /** A failure with a complete message. */
    private static final class StateException extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        StateException(String message) {
            super(message);
        }
    }
}
