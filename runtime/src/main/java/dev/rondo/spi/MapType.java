package dev.rondo.spi;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Maps, saved as maps with text as keys. */
final class MapType<K, V, M extends Map<K, V>> extends StateType<M> {
    private final Supplier<? extends M> empty;
    private final StateType<K> key;
    private final StateType<V> value;

    MapType(Supplier<? extends M> empty, StateType<K> key, StateType<V> value) {
        this.empty = empty;
        this.key = key;
        this.value = value;
    }

    @Override
    String name() {
        return "map";
    }

    @Override
    Object toSaved(M map) {
        Map<String, @Nullable Object> saved = new LinkedHashMap<>();
        map.forEach((k, v) -> {
            if (k == null) throw new IllegalStateException("A map with the key null cannot be saved: " + map + ".");
            saved.put(String.valueOf(key.save(k)), value.save(v));
        });
        return saved;
    }

    @Override
    M fromSaved(Object saved, StatePlace place) {
        M map = empty.get();
        place.map(saved).forEach((k, v) -> map.put(key(k, place), value.read(v, place.element(k))));
        return map;
    }

    private K key(String text, StatePlace place) {
        try {
            return key.key(text);
        } catch (RuntimeException e) {
            throw place.fault("has the key '" + text + "', which is not " + StatePlace.withArticle(key.name()));
        }
    }
}
