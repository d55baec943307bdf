package dev.rondo.examples.conformance;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON object as jackson-jr reads it. Each accessor casts the value to the type that it returns. */
record Fields(Map<String, Object> map) {
    static Fields of(Object object) {
        @SuppressWarnings("unchecked") // the keys of a JSON object are strings
        Map<String, Object> map = (Map<String, Object>) object;
        return new Fields(map);
    }

    boolean has(String key) {
        return map.get(key) != null;
    }

    String text(String key) {
        return (String) map.get(key);
    }

    double number(String key, double defaultValue) {
        return has(key) ? number(map.get(key)) : defaultValue;
    }

    int integer(String key, int defaultValue) {
        return has(key) ? ((Number) map.get(key)).intValue() : defaultValue;
    }

    boolean flag(String key, boolean defaultValue) {
        return has(key) ? (Boolean) map.get(key) : defaultValue;
    }

    List<?> list(String key) {
        return has(key) ? (List<?>) map.get(key) : List.of();
    }

    List<Fields> objects(String key) {
        return list(key).stream().map(Fields::of).toList();
    }

    Optional<Fields> object(String key) {
        return Optional.ofNullable(map.get(key)).map(Fields::of);
    }

    /** Returns a value that is a number or a list of numbers, as a list. */
    List<Double> numbers(String key) {
        return map.get(key) instanceof List<?> list
                ? list.stream().map(Fields::number).toList()
                : List.of(number(key, 0));
    }

    static double number(Object value) {
        return ((Number) value).doubleValue();
    }
}
