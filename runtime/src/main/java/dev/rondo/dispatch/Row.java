package dev.rondo.dispatch;

import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.spi.CallbackTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The handlers of one event in one phase, in the order in which they are called. {@code entries} are all that are registered, on or off;
 * {@code tables}, {@code handlers} and {@code places} are, side by side, those that are on, which is all the fast path looks at.
 */
final class Row<L> {
    /** A handler of a registration. {@link Event#AFTER_FIT} also has an entry, NONE, for each callback that does not handle it. */
    record Entry<L>(Registration<L> registration, int handler, double order) {
        static final int NONE = -1;
    }

    final List<Entry<L>> entries;
    final CallbackTable<? super L>[] tables;
    final int[] handlers;
    final int[] places;

    Row(Event event, Phase phase, List<Registration<L>> registrations) {
        entries = entries(event, registrations);
        int[] on = new int[entries.size()];
        int n = 0;
        for (int i = 0; i < on.length; i++) {
            Entry<L> e = entries.get(i);
            if (e.handler != Entry.NONE && e.registration.gets(event, phase)) on[n++] = i;
        }
        @SuppressWarnings({"unchecked", "rawtypes"})
        CallbackTable<? super L>[] tables = new CallbackTable[n];
        this.tables = tables;
        handlers = new int[n];
        places = new int[n];
        for (int i = 0; i < n; i++) {
            Entry<L> e = entries.get(on[i]);
            tables[i] = e.registration.table;
            handlers[i] = e.handler;
            places[i] = on[i];
        }
    }

    private static <L> List<Entry<L>> entries(Event event, List<Registration<L>> registrations) {
        List<Entry<L>> entries = new ArrayList<>();
        for (Registration<L> r : registrations) {
            int before = entries.size();
            for (int h = 0; h < r.table.size(); h++) {
                if (r.table.event(h) == event) entries.add(new Entry<>(r, h, r.order(h)));
            }
            if (event == Event.AFTER_FIT && entries.size() == before)
                entries.add(new Entry<>(r, Entry.NONE, r.order()));
        }
        entries.sort(Comparator.comparingDouble((Entry<L> e) -> e.order)
                .thenComparingLong(e -> e.registration.sequence)
                .thenComparingInt(e -> e.handler));
        return List.copyOf(entries);
    }
}
