package dev.rondo.spi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of a state in the form that they have outside of their callback: values that a file can hold, and tensors. */
public final class StateValues {
    private StateValues() {}

    /** Converts enum constants to their names, characters and keys of maps to text, and a {@link CallbackState} to its state. */
    public static @Nullable Object of(@Nullable Object value) {
        if (value instanceof Enum<?> constant) return constant.name();
        if (value instanceof Character c) return c.toString();
        if (value instanceof CallbackState state) return of(state.saveState());
        if (value instanceof List<?> list) {
            List<@Nullable Object> values = new ArrayList<>();
            for (Object o : list) values.add(of(o));
            return values;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            map.forEach((k, v) -> values.put(String.valueOf(of(k)), of(v)));
            return values;
        }
        return value;
    }

    /** Converts a number to another type; null if that would change its value. */
    static @Nullable Number number(Number n, Class<?> type) {
        double d = n.doubleValue();
        long l = n.longValue();
        if (type == Double.class) return d;
        if (type == Float.class) return n.floatValue();
        if (d != l) return null;
        if (type == Long.class) return l;
        if (type == Integer.class) return (int) l == l ? (int) l : null;
        if (type == Short.class) return (short) l == l ? (short) l : null;
        if (type == Byte.class) return (byte) l == l ? (byte) l : null;
        return null;
    }

    /** The constant of a name; null if there is none. */
    static @Nullable Object constant(String name, Class<?> type) {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) return constant;
        }
        return null;
    }
}
