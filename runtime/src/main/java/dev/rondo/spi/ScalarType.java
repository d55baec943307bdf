package dev.rondo.spi;

import java.util.function.Function;

/** Values that a state holds as they are. As keys of maps they are text. */
class ScalarType<T> extends StateType<T> {
    private final String name;
    private final Class<T> type;
    private final Function<String, T> parse;

    /** @param parse reads a key, or throws an {@link IllegalArgumentException} */
    ScalarType(String name, Class<T> type, Function<String, T> parse) {
        this.name = name;
        this.type = type;
        this.parse = parse;
    }

    @Override
    String name() {
        return name;
    }

    @Override
    Object toSaved(T value) {
        return value;
    }

    @Override
    T fromSaved(Object saved, StatePlace place) {
        if (!type.isInstance(saved)) throw place.isNot(saved, name);
        return type.cast(saved);
    }

    @Override
    T key(String text) {
        return parse.apply(text);
    }
}
