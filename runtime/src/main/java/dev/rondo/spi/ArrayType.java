package dev.rondo.spi;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Arrays, saved as lists. {@code java.lang.reflect.Array} serves those of all primitive types alike; it looks at no class. */
final class ArrayType<A, E> extends StateType<A> {
    private final IntFunction<A> create;
    private final StateType<E> element;

    ArrayType(IntFunction<A> create, StateType<E> element) {
        this.create = create;
        boolean primitive = create.apply(0).getClass().getComponentType().isPrimitive();
        this.element = primitive ? element.required() : element;
    }

    @Override
    String name() {
        return "list";
    }

    @Override
    Object toSaved(A value) {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = 0; i < Array.getLength(value); i++) {
            @SuppressWarnings("unchecked") // it is the type of the array's elements
            E element = (E) Array.get(value, i);
            list.add(this.element.save(element));
        }
        return list;
    }

    @Override
    A fromSaved(Object saved, StatePlace place) {
        List<?> list = place.list(saved);
        A array = create.apply(list.size());
        for (int i = 0; i < list.size(); i++) Array.set(array, i, element.read(list.get(i), place.element(i)));
        return array;
    }
}
