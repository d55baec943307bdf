package dev.rondo.spi;

import java.math.BigDecimal;
import java.util.function.Function;

/** Whole numbers. */
final class NumberType<T extends Number> extends ScalarType<T> {
    private final Class<T> type;
    private final Function<BigDecimal, T> exact;

    /** @param exact converts a number, or throws an {@link ArithmeticException} if the type has no such value */
    NumberType(Class<T> type, Function<BigDecimal, T> exact) {
        super(type.getSimpleName(), type, text -> convert(text, exact));
        this.type = type;
        this.exact = exact;
    }

    @Override
    T fromSaved(Object saved, StatePlace place) {
        if (type.isInstance(saved)) return type.cast(saved);
        if (!(saved instanceof Number)) throw place.isNot(saved, name());
        try {
            return convert(saved.toString(), exact);
        } catch (IllegalArgumentException e) {
            throw place.isNot(saved, name());
        }
    }

    /** NaN and infinities are no decimal numbers. */
    private static <T> T convert(String number, Function<BigDecimal, T> exact) {
        try {
            return exact.apply(new BigDecimal(number));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
