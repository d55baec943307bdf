package dev.rondo.spi;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An optional value, saved as a list of one element or none, so that it differs from null. */
final class OptionalType<O, T> extends StateType<O> {
    private final StateType<T> value;
    private final O empty;
    private final Function<T, O> of;
    private final Function<O, @Nullable T> orNull;

    OptionalType(StateType<T> value, O empty, Function<T, O> of, Function<O, @Nullable T> orNull) {
        this.value = value.required();
        this.empty = empty;
        this.of = of;
        this.orNull = orNull;
    }

    @Override
    String name() {
        return "list";
    }

    @Override
    Object toSaved(O optional) {
        Object saved = value.save(orNull.apply(optional));
        return saved == null ? List.of() : List.of(saved);
    }

    @Override
    O fromSaved(Object saved, StatePlace place) {
        List<?> list = place.list(saved);
        if (list.size() > 1)
            throw place.fault("has " + list.size() + " elements, and an optional value is one or none");
        return list.isEmpty() ? empty : of.apply(value.read(list.get(0), place.element(0)));
    }
}
