package dev.rondo.spi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lists, sets and queues, saved as lists. */
final class CollectionType<E, C extends Collection<E>> extends StateType<C> {
    private final Supplier<? extends C> empty;
    private final StateType<E> element;

    CollectionType(Supplier<? extends C> empty, StateType<E> element) {
        this.empty = empty;
        this.element = element;
    }

    @Override
    String name() {
        return "list";
    }

    @Override
    Object toSaved(C value) {
        List<@Nullable Object> list = new ArrayList<>();
        for (E e : value) list.add(element.save(e));
        return list;
    }

    @Override
    C fromSaved(Object saved, StatePlace place) {
        C collection = empty.get();
        int index = 0;
        for (Object o : place.list(saved)) {
            StatePlace at = place.element(index++);
            try {
                collection.add(element.read(o, at));
            } catch (NullPointerException e) { // from a collection without nulls
                throw at.fault("is null, which the collection does not hold");
            }
        }
        return collection;
    }
}
