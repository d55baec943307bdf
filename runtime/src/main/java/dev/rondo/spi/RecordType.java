package dev.rondo.spi;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Records, saved as maps from the names of the components. */
final class RecordType<T> extends StateType<T> {
    private final String name;
    private final BiConsumer<T, Map<String, @Nullable Object>> save;
    private final Function<StateReader, T> read;

    RecordType(String name, BiConsumer<T, Map<String, @Nullable Object>> save, Function<StateReader, T> read) {
        this.name = name;
        this.save = save;
        this.read = read;
    }

    @Override
    String name() {
        return name;
    }

    @Override
    Object toSaved(T value) {
        Map<String, @Nullable Object> components = new LinkedHashMap<>();
        save.accept(value, components);
        return components;
    }

    @Override
    T fromSaved(Object saved, StatePlace place) {
        if (!(saved instanceof Map<?, ?>)) throw place.isNot(saved, name);
        StateReader components = new StateReader(place, place.map(saved));
        T value;
        try {
            value = read.apply(components);
        } catch (StatePlace.StateException e) {
            throw e;
        } catch (RuntimeException e) { // from the record's constructor
            throw place.fault("is no valid " + name + ": " + e.getMessage());
        }
        components.end();
        return value;
    }
}
