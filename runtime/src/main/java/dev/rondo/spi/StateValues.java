package dev.rondo.spi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The form that the values of a state have outside of their callback: what a file can hold, and tensors. */
public final class StateValues {
    private StateValues() {}

    /** Enum constants become their names, characters text, keys of maps text, and a {@link CallbackState} its own state. */
    public static Object of(Object value) {
        if (value instanceof Enum<?> constant) return constant.name();
        if (value instanceof Character c) return c.toString();
        if (value instanceof CallbackState state) return of(state.saveState());
        if (value instanceof List<?> list) {
            List<Object> values = new ArrayList<>();
            for (Object o : list) values.add(of(o));
            return values;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> values = new LinkedHashMap<>();
            map.forEach((k, v) -> values.put(String.valueOf(of(k)), of(v)));
            return values;
        }
        return value;
    }

    /** A number as another type; null if that would change its value. */
    static Number number(Number n, Class<?> type) {
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
    static Object constant(String name, Class<?> type) {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) return constant;
        }
        return null;
    }
}
