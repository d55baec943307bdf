package dev.rondo.spi;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Values that are saved as text, and parsed. */
final class TextType<T> extends StateType<T> {
    private final String name;
    private final Function<T, String> format;
    private final Function<String, T> parse;

    /** @param parse throws any exception for text that it does not understand */
    TextType(String name, Function<T, String> format, Function<String, T> parse) {
        this.name = name;
        this.format = format;
        this.parse = parse;
    }

    /** {@code toString} of a constant may be anything, so the name is saved. */
    static <E extends Enum<E>> StateType<E> ofConstants(String name, E[] constants) {
        String names = Arrays.stream(constants).map(Enum::name).collect(Collectors.joining(", ", " (", ")"));
        return new TextType<>(name + names, Enum::name, text -> Arrays.stream(constants)
                .filter(constant -> constant.name().equals(text))
                .findFirst()
                .orElseThrow());
    }

    @Override
    String name() {
        return name;
    }

    @Override
    Object toSaved(T value) {
        return format.apply(value);
    }

    @Override
    T fromSaved(Object saved, StatePlace place) {
        if (!(saved instanceof String text)) throw place.isNot(saved, name);
        try {
            return parse.apply(text);
        } catch (RuntimeException e) {
            throw place.isNot(saved, name);
        }
    }
}
