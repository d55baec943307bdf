package dev.rondo.dispatch;

import dev.rondo.spi.CallbackIndex;
import dev.rondo.spi.CallbackTable;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Finds the generated table of a callback object through the index that the annotation processor generated for its artifact. A class
 * without its own table uses that of the nearest superclass with one.
 */
public final class TableFinder {
    private static final ClassValue<List<CallbackIndex>> INDEXES = new ClassValue<>() {
        @Override
        protected List<CallbackIndex> computeValue(Class<?> type) {
            List<CallbackIndex> found = new ArrayList<>();
            ServiceLoader.load(CallbackIndex.class, type.getClassLoader()).forEach(found::add);
            return found;
        }
    };

    private TableFinder() {}

    /**
     * The table of a callback for a learner.
     *
     * @param learner the learner that will call it
     * @throws IllegalArgumentException if there is none, or it was generated for another contract or another class of learner
     */
    public static <L> CallbackTable<? super L> find(Object callback, L learner) {
        CallbackTable<?> table = callback instanceof CallbackTable<?> itself ? itself : search(callback);
        String name = table.callback().getClass().getName();
        if (table.contract() != CallbackTable.VERSION) {
            throw new IllegalArgumentException(
                    "The table of " + name + " was generated for contract " + table.contract()
                            + ", and this runtime has contract " + CallbackTable.VERSION
                            + ". Build it with the version of rondo-processor that belongs to this rondo-runtime.");
        }
        Orders.check(table);
        if (!table.learnerType().isInstance(learner)) {
            throw new IllegalArgumentException(name + " needs a learner of " + table.learnerType()
                    + ", and this one is of " + learner.getClass() + ".");
        }
        @SuppressWarnings("unchecked") // isInstance has checked that the table accepts an L
        CallbackTable<? super L> checked = (CallbackTable<? super L>) table;
        return checked;
    }

    private static CallbackTable<?> search(Object callback) {
        Class<?> callbackType = callback.getClass();
        for (Class<?> type = callbackType; type != null && type != Object.class; type = type.getSuperclass()) {
            if (type.getClassLoader() == null) break; // a class of the JDK has no index
            CallbackTable<?> table = null;
            CallbackIndex from = null;
            for (CallbackIndex index : INDEXES.get(type)) {
                CallbackTable<?> found = index.table(type, callback);
                if (found == null) continue;
                if (table != null && from != null) {
                    throw new IllegalArgumentException("Two tables for " + type.getName() + ": "
                            + from.getClass().getName() + " and "
                            + index.getClass().getName()
                            + " both have one. Keep one of the two artifacts on the class path.");
                }
                table = found;
                from = index;
            }
            if (table != null) return table;
        }
        if (callback instanceof Class<?> type) {
            throw new IllegalArgumentException(type.getName() + " is a class: register an object of it, such as new "
                    + type.getSimpleName() + "(…).");
        }
        if (callback instanceof Iterable<?> || callback instanceof Object[]) {
            throw new IllegalArgumentException(
                    "A list of callbacks is no callback: pass its elements, with toArray().");
        }
        throw missing(callbackType);
    }

    private static IllegalArgumentException missing(Class<?> type) {
        return new IllegalArgumentException(
                "No callback table for " + type.getName() + ". Either rondo-processor did not run when it was"
                        + " compiled (JDK 23 and newer run it only from annotationProcessorPaths or --processor-path); or it is a local or"
                        + " anonymous class, which no processor sees: make it a named member class; or it has no method with @On.");
    }
}
