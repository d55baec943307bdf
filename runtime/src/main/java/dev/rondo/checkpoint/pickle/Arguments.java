package dev.rondo.checkpoint.pickle;

import dev.rondo.checkpoint.pickle.StoredTensor.Storage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The arguments of a call in a pickle. Each method checks the type of one. */
record Arguments(List<?> all) {
    private static final int MAX_DIMENSIONS = 64;

    int size() {
        return all.size();
    }

    Object get(int i) {
        return all.get(i);
    }

    /** These arguments, if there are at least and at most so many. */
    Arguments from(int least, int most) throws PickleException {
        if (all.size() < least || all.size() > most) refuse();
        return this;
    }

    /** The bytes, roughly, of what a call may copy. */
    long weight() {
        long weight = 0;
        for (Object argument : all) {
            if (argument instanceof List<?> list) weight += (long) HeapBudget.ELEMENT * list.size() + pairs(list);
            else if (argument instanceof Map<?, ?> map) weight += (long) HeapBudget.CONTAINER * map.size();
            else if (argument instanceof String text) weight += text.length();
        }
        return weight;
    }

    /** What a dictionary of a list of pairs takes. */
    private static long pairs(List<?> list) {
        return !list.isEmpty() && list.get(0) instanceof List ? (long) HeapBudget.KEY * list.size() : 0;
    }

    /** Never returns. */
    Object refuse() throws PickleException {
        throw new PickleException("is damaged: its pickle calls a function with arguments that it does not take.");
    }

    private <T> T typed(Object value, Class<T> type) throws PickleException {
        if (!type.isInstance(value)) refuse();
        return type.cast(value);
    }

    String text(int i) throws PickleException {
        return typed(all.get(i), String.class);
    }

    List<?> list(int i) throws PickleException {
        return typed(all.get(i), List.class);
    }

    StoredTensor tensor(int i) throws PickleException {
        return typed(all.get(i), StoredTensor.class);
    }

    Storage storage(int i) throws PickleException {
        return typed(all.get(i), Storage.class);
    }

    String dtype(int i) throws PickleException {
        return typed(all.get(i), Globals.Dtype.class).name();
    }

    long integer(int i) throws PickleException {
        return typed(all.get(i), Long.class);
    }

    long[] integers(int i) throws PickleException {
        List<?> list = list(i);
        if (list.size() > MAX_DIMENSIONS) refuse();
        long[] values = new long[list.size()];
        for (int k = 0; k < values.length; k++) values[k] = typed(list.get(k), Long.class);
        return values;
    }

    /** Whether a dictionary has this key with the value true. */
    boolean flag(int i, String key) throws PickleException {
        return all.get(i) != None.NONE
                && Boolean.TRUE.equals(typed(all.get(i), Map.class).get(key));
    }

    /** A device, such as {@code cuda:0}. */
    String joined(String separator) throws PickleException {
        from(1, 2);
        return size() == 1 ? text(0) : text(0) + separator + integer(1);
    }

    /** A new dictionary: empty, a copy, or of a list of pairs. */
    Map<Object, Object> dictionary() throws PickleException {
        from(0, 1);
        Map<Object, Object> made = new LinkedHashMap<>();
        if (size() == 0) return made;
        if (all.get(0) instanceof Map<?, ?> map) {
            made.putAll(map);
            return made;
        }
        for (Object pair : list(0)) {
            List<?> two = typed(pair, List.class);
            if (two.size() != 2) refuse();
            made.put(Keys.of(two.get(0)), two.get(1));
        }
        return made;
    }
}
