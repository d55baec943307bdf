package dev.rondo.dispatch;

import dev.rondo.event.CancelException;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.spi.CallbackPlan;
import dev.rondo.spi.CallbackTable;
import dev.rondo.spi.PlanRun;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The registrations of one learner and the calls to their handlers. Rows are built when an event first fires after a change; firing
 * allocates nothing.
 *
 * <p>Switches and removals act at once, also on the event that is running; additions and orders act from the next event on. Not safe for
 * use by several threads.
 *
 * @param <L> the learner
 */
public final class Dispatcher<L> {
    /** What becomes of an exception that a handler threw and that is no cancel. */
    public interface Failures<L> {
        /**
         * The exception to throw in its place.
         *
         * @throws CancelException if it carried a cancel out of a nested run
         */
        RuntimeException of(Registration<L> registration, Occasion at, Exception failure) throws CancelException;
    }

    private static final int PHASES = Phase.values().length;

    private final L learner;
    private final Failures<L> failures;
    private final List<Registration<L>> registrations = new ArrayList<>();

    @SuppressWarnings({"unchecked", "rawtypes"})
    private final Row<L>[] rows = new Row[Event.values().length * PHASES];

    private final Map<Phase, Map<Class<? extends Annotation>, Row<L>>> customRows = new EnumMap<>(Phase.class);
    private final Changes changes = new Changes();
    private Fused<L> planned;
    private Fused<L> fused; // the plan, while it holds
    private long sequence;
    private Observer<L> observer; // null while nobody looks
    private Occasion occasion;
    private Registration<L> canceller;
    private Occasion cancelled;
    private CancelException last;

    /**
     * @param learner what is given to the handlers
     * @param failures what their exceptions become
     */
    public Dispatcher(L learner, Failures<L> failures) {
        this.learner = learner;
        this.failures = failures;
        for (Phase phase : Phase.values()) customRows.put(phase, new HashMap<>());
    }

    /** Registers a callback behind all others of its order. The name must not be taken. */
    public Registration<L> add(CallbackTable<? super L> table, String name) {
        Registration<L> r = new Registration<>(this, table, name, sequence++);
        registrations.add(r);
        changed();
        return r;
    }

    /**
     * Has the calls of a plan made by its own code, as long as all callbacks are those of its tables, in its sequence, with no switch and
     * no order changed.
     *
     * @param bound the registrations of the plan's tables
     * @throws IllegalArgumentException if the plan was compiled with other versions of the callbacks
     */
    public void use(CallbackPlan<L> plan, List<Registration<L>> bound) {
        planned = new Fused<>(plan, bound);
        changed();
    }

    /** Has somebody see what is done, or, with null, nobody. Then tables make all calls. */
    public void observe(Observer<L> observer) {
        this.observer = observer;
    }

    /** Whether a plan's own code makes the calls at present. */
    public boolean runsPlan() {
        return fused != null;
    }

    /** Unregisters a callback; it gets nothing more, of the running event neither. */
    public void remove(Registration<L> registration) {
        if (registrations.remove(registration)) registration.unregister();
    }

    void moveToEnd(Registration<L> registration) {
        registrations.remove(registration);
        registrations.add(registration);
        registration.sequence = sequence++;
        changed();
    }

    /** The callbacks in the sequence of their registration; a copy. */
    public List<Registration<L>> registrations() {
        return List.copyOf(registrations);
    }

    /** The first callback of a class or a subclass of it; null if there is none. Allocates nothing. */
    public <C> C first(Class<C> type) {
        for (int i = 0; i < registrations.size(); i++) {
            Object callback = registrations.get(i).callback();
            if (type.isInstance(callback)) return type.cast(callback);
        }
        return null;
    }

    /** What handlers are being called for, the innermost; null between events. */
    public Occasion occasion() {
        return occasion;
    }

    /** Whether the last cancel that a handler raised is this one. */
    public boolean raised(CancelException cancel) {
        return cancel == last;
    }

    /** Whose handler raised the last cancel; null before the first. */
    public Registration<L> canceller() {
        return canceller;
    }

    /** When the last cancel was raised. */
    public Occasion cancelled() {
        return cancelled;
    }

    /** The callbacks with a handler of an event that are on in a phase, each once, in the order in which they are called. */
    public List<Object> callbacks(Event event, Phase phase) {
        Row<L> row = new Row<>(Occasion.of(event), phase, registrations);
        return Arrays.stream(row.tables).map(CallbackTable::callback).distinct().toList();
    }

    /**
     * Calls the handlers of an event.
     *
     * @param phase the phase of the running batch; other events take either
     * @throws CancelException if a handler cancels; the handlers behind it are not called
     */
    public void fire(Event event, Phase phase) throws CancelException {
        if (observer != null) {
            Observer<L> seeing = observer;
            seeing.begins(event, phase);
            call(row(event, phase));
            seeing.ends(event, phase);
            return;
        }
        if (fused != null && event != Event.AFTER_FIT) {
            call(fused, event, phase);
            return;
        }
        Row<L> row = row(event, phase);
        if (!row.isEmpty()) call(row);
    }

    private Row<L> row(Event event, Phase phase) {
        int at = event.ordinal() * PHASES + phase.ordinal();
        Row<L> row = rows[at];
        if (row == null) rows[at] = row = new Row<>(Occasion.of(event), phase, registrations);
        return row;
    }

    /** Calls the handlers of an event of a user's own. */
    public void fire(Class<? extends Annotation> custom, Phase phase) throws CancelException {
        Map<Class<? extends Annotation>, Row<L>> rows = customRows.get(phase);
        Row<L> row = rows.get(custom);
        if (row == null) rows.put(custom, row = new Row<>(Occasion.of(custom), phase, registrations));
        if (!row.isEmpty()) call(row);
    }

    private void call(Fused<L> plan, Event event, Phase phase) throws CancelException {
        Occasion outer = occasion;
        occasion = Occasion.of(event);
        try {
            int done = plan.fire(event, phase, learner, changes);
            if (done != PlanRun.ALL) finish(plan.row(event, phase), done);
        } finally {
            occasion = outer;
        }
    }

    private void call(Row<L> row) throws CancelException {
        Occasion outer = occasion;
        occasion = row.occasion;
        try {
            finish(row, row.occasion.event() == Event.AFTER_FIT || observer != null ? 0 : start(row));
        } finally {
            occasion = outer;
        }
    }

    /** The fast path: calls what is on, until something changes. Returns the place in the row from which to finish: its end, mostly. */
    private int start(Row<L> row) throws CancelException {
        CallbackTable<? super L>[] tables = row.tables;
        int[] handlers = row.handlers;
        int seen = changes.changes();
        int i = 0;
        try {
            for (; i < tables.length; i++) {
                tables[i].call(handlers[i], learner);
                if (changes.changes() != seen) return row.places[i] + 1;
            }
        } catch (Exception e) {
            throw failure(row.entries.get(row.places[i]).registration(), row.occasion, e);
        }
        return row.entries.size();
    }

    /**
     * The slow path: the rest of an event after something was switched, removed, added or reordered. It goes on in the row as it was,
     * asking of each callback whether it is still on. At the end of a fit, every callback is switched on again behind its handlers.
     */
    private void finish(Row<L> row, int from) throws CancelException {
        for (int i = from; i < row.entries.size(); i++) {
            Row.Entry<L> entry = row.entries.get(i);
            Registration<L> r = entry.registration();
            boolean reached = r.registered(); // also if its own handler removes it
            if (entry.isOn(row.phase)) {
                try {
                    call(r, entry.handler(), row.occasion);
                } catch (Exception e) {
                    throw failure(r, row.occasion, e);
                }
            }
            if (row.occasion.event() == Event.AFTER_FIT && reached && row.isLast(i)) r.run(true);
        }
    }

    private void call(Registration<L> r, int handler, Occasion at) throws CancelException {
        Observer<L> seeing = observer;
        if (seeing != null) seeing.calls(r, at);
        try {
            r.table.call(handler, learner);
        } finally {
            if (seeing != null) seeing.called(r, at);
        }
    }

    private RuntimeException failure(Registration<L> r, Occasion at, Exception e) throws CancelException {
        if (e instanceof CancelException cancel) {
            canceller = r;
            cancelled = at;
            last = cancel;
            throw cancel;
        }
        return failures.of(r, at, e);
    }

    void changed() {
        changes.note();
        Arrays.fill(rows, null);
        customRows.values().forEach(Map::clear);
        fused = planned != null && planned.holds(registrations) ? planned : null;
    }

    /** What a plan's code asks. */
    private final class Changes extends PlanRun {
        void note() {
            changed();
        }

        @Override
        public RuntimeException failure(Event event, int at, Exception thrown) throws CancelException {
            return Dispatcher.this.failure(planned.registration(event, at), Occasion.of(event), thrown);
        }
    }
}
