package dev.rondo.spi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values that a {@link CallbackState} saves, in the form that they have outside of it: values that a file can hold, and tensors. */
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
}
