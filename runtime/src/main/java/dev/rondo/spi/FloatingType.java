package dev.rondo.spi;

import java.math.BigDecimal;
import java.util.function.Function;

/** Floating-point numbers. A decimal number becomes the nearest one; a whole number must keep its value. */
final class FloatingType<T extends Number> extends ScalarType<T> {
    private final Class<T> type;
    private final Function<Number, T> nearest;

    FloatingType(Class<T> type, Function<Number, T> nearest, Function<String, T> parse) {
        super(type.getSimpleName(), type, parse);
        this.type = type;
        this.nearest = nearest;
    }

    @Override
    T fromSaved(Object saved, StatePlace place) {
        if (type.isInstance(saved)) return type.cast(saved);
        if (!(saved instanceof Number number)) throw place.isNot(saved, name());
        T value = nearest.apply(number);
        boolean overflows = Double.isInfinite(value.doubleValue()) && !isInfinite(number);
        boolean whole = number instanceof Long || number instanceof Integer;
        if (overflows || whole && !isSame(value, number)) throw place.isNot(saved, name());
        return value;
    }

    private static boolean isInfinite(Number number) {
        return (number instanceof Double || number instanceof Float) && Double.isInfinite(number.doubleValue());
    }

    private static boolean isSame(Number value, Number whole) {
        return new BigDecimal(value.doubleValue()).compareTo(BigDecimal.valueOf(whole.longValue())) == 0;
    }
}
