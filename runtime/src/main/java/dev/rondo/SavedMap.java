package dev.rondo;

import dev.rondo.torch.Handles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Reads a map of a saved state, which may come from a file that anyone has written.
 *
 * <p>Each method throws an {@link IllegalArgumentException} that names the value if it is missing or of another type.
 */
final class SavedMap {
    private final String place;
    private final Map<String, ? extends @Nullable Object> values;

    /** @param place what it is the state of, for messages */
    SavedMap(String place, Map<String, ? extends @Nullable Object> values) {
        this.place = place;
        this.values = values;
    }

    Map<String, ? extends @Nullable Object> values() {
        return values;
    }

    SavedMap map(String name) {
        return new SavedMap(place + "." + name, mapOf(name, values.get(name)));
    }

    /** Maps by name, such as the states of callbacks. */
    Map<String, Map<String, @Nullable Object>> maps(String name) {
        Map<String, Map<String, @Nullable Object>> maps = new LinkedHashMap<>();
        mapOf(name, values.get(name)).forEach((key, value) -> maps.put(key, mapOf(name + "." + key, value)));
        return maps;
    }

    Map<String, String> texts(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        mapOf(name, values.get(name))
                .forEach((key, value) -> texts.put(key, typed(String.class, name + "." + key, value)));
        return texts;
    }

    Map<String, Double> numbers(String name) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        mapOf(name, values.get(name))
                .forEach((key, value) -> numbers.put(
                        key, typed(Number.class, name + "." + key, value).doubleValue()));
        return numbers;
    }

    Map<String, Tensor> tensors(String name) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        mapOf(name, values.get(name))
                .forEach((key, value) -> tensors.put(key, typed(Tensor.class, name + "." + key, value)));
        return tensors;
    }

    /** A map of values and tensors, with copies of the tensors for whoever takes it. */
    Map<String, @Nullable Object> copies(String name) {
        Map<String, @Nullable Object> copies = new LinkedHashMap<>();
        mapOf(name, values.get(name))
                .forEach((key, value) ->
                        copies.put(key, value instanceof Tensor tensor ? Handles.own(Handles.copy(tensor)) : value));
        return copies;
    }

    List<String> strings(String name) {
        List<String> strings = new ArrayList<>();
        for (Object each : list(name)) strings.add(typed(String.class, name, each));
        return strings;
    }

    /** A list of maps. */
    List<SavedMap> mapList(String name) {
        List<SavedMap> maps = new ArrayList<>();
        for (Object each : list(name)) maps.add(new SavedMap(place + "." + name, mapOf(name, each)));
        return maps;
    }

    private List<?> list(String name) {
        return typed(List.class, name, values.get(name));
    }

    boolean has(String name) {
        return values.get(name) != null;
    }

    /** An integer, 0 or more. */
    int count(String name) {
        long count = number(name);
        if (count > Integer.MAX_VALUE) throw wrong(name, "a number below 2³¹");
        return (int) count;
    }

    /** An integer, 0 or more. */
    long number(String name) {
        Number number = typed(Number.class, name, values.get(name));
        if (!(number instanceof Integer || number instanceof Long) || number.longValue() < 0) {
            throw wrong(name, "a whole number, 0 or more");
        }
        return number.longValue();
    }

    String text(String name) {
        return typed(String.class, name, values.get(name));
    }

    double decimal(String name) {
        return typed(Number.class, name, values.get(name)).doubleValue();
    }

    /** A finite number, 0 or more. */
    double fraction(String name) {
        double fraction = decimal(name);
        if (fraction >= 0 && fraction < Double.POSITIVE_INFINITY) return fraction;
        throw wrong(name, "a finite number, 0 or more");
    }

    boolean flag(String name) {
        return typed(Boolean.class, name, values.get(name));
    }

    Tensor tensor(String name) {
        return typed(Tensor.class, name, values.get(name));
    }

    <E extends Enum<E>> E constant(String name, E[] constants) {
        String saved = typed(String.class, name, values.get(name));
        for (E constant : constants) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(saved)) return constant;
        }
        throw wrong(name, "one of " + List.of(constants).toString().toLowerCase(Locale.ROOT));
    }

    private <T> T typed(Class<T> type, String name, @Nullable Object value) {
        if (type.isInstance(value)) return type.cast(value);
        throw wrong(name, "a " + type.getSimpleName().toLowerCase(Locale.ROOT));
    }

    private IllegalArgumentException wrong(String name, String expected) {
        return new IllegalArgumentException("The saved " + place + " has no '" + name + "' that is " + expected + ".");
    }

    @SuppressWarnings("unchecked") // the keys are checked here, and the values where they are read
    private Map<String, @Nullable Object> mapOf(String name, @Nullable Object value) {
        Map<?, ?> map = typed(Map.class, name, value);
        map.keySet().forEach(key -> typed(String.class, name, Objects.requireNonNull(key)));
        return (Map<String, @Nullable Object>) map;
    }
}
