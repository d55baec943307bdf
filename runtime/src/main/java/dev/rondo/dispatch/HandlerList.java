package dev.rondo.dispatch;

import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.spi.CallbackTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The handlers of one event in one phase of a run, in the order in which they are called. {@code entries} holds the handlers of all
 * callbacks that take part in the run, switched on or off. {@code tables}, {@code handlers} and {@code places} are parallel arrays of those
 * that are on; the fast path reads nothing else.
 */
final class HandlerList<L> {
    /**
     * A handler of a registration. A list of {@link Event#AFTER_FIT} also has an entry, with the number NONE, for each callback that does
     * not handle it.
     *
     * @param filtered whether the event is inside a batch, so that the phases of the callback count
     */
    record Entry<L>(Registration<L> registration, int handler, double order, boolean filtered) {
        static final int NONE = -1;

        boolean isOn(Phase phase) {
            return handler != NONE && registration.isOn() && (!filtered || registration.runsIn(phase));
        }
    }

    final EventKey key;
    final Phase phase;
    final int number; // of the event
    final boolean endsFit;
    final List<Entry<L>> entries;
    final int size; // the number of entries
    final boolean isEmpty; // nothing to call: checking this is the whole cost of an event without handlers
    final CallbackTable<? super L>[] tables;
    final int[] handlers;
    final int[] places; // indices in entries

    HandlerList(EventKey key, Phase phase, List<Registration<L>> registrations, HandlerLists<L> run) {
        this.key = key;
        this.phase = phase;
        number = key.number();
        endsFit = key.event() == Event.AFTER_FIT;
        entries = entries(key, registrations, run);
        size = entries.size();
        int[] on = new int[entries.size()];
        int n = 0;
        for (int i = 0; i < on.length; i++) if (entries.get(i).isOn(phase)) on[n++] = i;
        @SuppressWarnings({"unchecked", "rawtypes"})
        CallbackTable<? super L>[] tables = new CallbackTable[n];
        this.tables = tables;
        isEmpty = n == 0 && !endsFit;
        handlers = new int[n];
        places = new int[n];
        for (int i = 0; i < n; i++) {
            Entry<L> e = entries.get(on[i]);
            tables[i] = e.registration.table;
            handlers[i] = e.handler;
            places[i] = on[i];
        }
    }

    private static <L> List<Entry<L>> entries(EventKey key, List<Registration<L>> registrations, HandlerLists<L> run) {
        List<Entry<L>> entries = new ArrayList<>();
        for (Registration<L> r : registrations) {
            int before = entries.size();
            boolean takesPart = key.event() == Event.AFTER_CREATE || run.include(r);
            for (int h = 0; takesPart && h < r.table.size(); h++) {
                if (key.matches(r.table, h)) {
                    entries.add(new Entry<>(r, h, r.orderOf(h), key.insideBatch(r.table, h)));
                }
            }
            if (key.event() == Event.AFTER_FIT && entries.size() == before) {
                entries.add(new Entry<>(r, Entry.NONE, r.order(), false));
            }
        }
        entries.sort(Comparator.comparingDouble((Entry<L> e) -> e.order)
                .thenComparingLong(e -> e.registration.sequence)
                .thenComparingInt(e -> e.handler));
        return List.copyOf(entries);
    }

    /** Whether this entry is the last one of its registration. */
    boolean isLast(int at) {
        for (int i = at + 1; i < entries.size(); i++) {
            if (entries.get(i).registration == entries.get(at).registration) return false;
        }
        return true;
    }
}
