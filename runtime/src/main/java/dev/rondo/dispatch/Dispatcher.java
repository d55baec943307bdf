package dev.rondo.dispatch;

import dev.rondo.event.CancelException;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.spi.CallbackPlan;
import dev.rondo.spi.CallbackTable;
import dev.rondo.spi.EventTables;
import dev.rondo.spi.Events;
import java.lang.annotation.Annotation;
import java.lang.reflect.UndeclaredThrowableException;
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
        RuntimeException of(Registration<L> registration, EventKey at, Exception failure) throws CancelException;
    }

    private static final int PHASES = Phase.values().length;
    private static final int OUTSIDE = -1;

    private final L learner;
    private final Failures<L> failures;
    private final List<Registration<L>> registrations = new ArrayList<>();

    @SuppressWarnings({"unchecked", "rawtypes"})
    private final HandlerList<L>[] rows = new HandlerList[Event.values().length * PHASES];

    private final Map<Phase, Map<Class<? extends Annotation>, HandlerList<L>>> customRows = new EnumMap<>(Phase.class);
    private BoundPlan<L> plan; // null if there is none
    private Events events = new Events(new FromEvents());
    private boolean holds; // the plan, and nobody looks
    private long sequence;
    private Observer<L> observer; // null while nobody looks
    private int changes;
    private int place = OUTSIDE; // what tables are called for
    private EventKey custom; // which of the user's own, in a place that is one
    private Registration<L> canceller;
    private EventKey cancelled;
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
        this.plan = new BoundPlan<>(plan, bound);
        events = plan.bind(learner, new FromEvents());
        changed();
    }

    /** Has somebody see what is done, or, with null, nobody. Then tables make all calls. */
    public void observe(Observer<L> observer) {
        this.observer = observer;
        choose();
    }

    /** Whether a plan's own code makes the calls at present. */
    public boolean runsPlan() {
        return holds;
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
    public EventKey key() {
        int place = this.place == OUTSIDE ? events.event() : this.place;
        if (place < 0) return null;
        return place == EventKey.CUSTOM ? custom : EventKey.of(place);
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
    public EventKey cancelled() {
        return cancelled;
    }

    /** The callbacks with a handler of an event that are on in a phase, each once, in the order in which they are called. */
    public List<Object> callbacks(Event event, Phase phase) {
        HandlerList<L> row = new HandlerList<>(EventKey.of(event), phase, registrations);
        return Arrays.stream(row.tables).map(CallbackTable::callback).distinct().toList();
    }

    /** The events of a loop for the learner; those of a plan, once there is one. */
    public Events events() {
        return events;
    }

    private void callTables(Event event, Phase phase) throws CancelException {
        Observer<L> seeing = observer;
        if (seeing == null) {
            call(row(event, phase));
        } else {
            seeing.begins(event, phase);
            call(row(event, phase));
            seeing.ends(event, phase);
        }
    }

    private HandlerList<L> row(Event event, Phase phase) {
        int at = event.ordinal() * PHASES + phase.ordinal();
        HandlerList<L> row = rows[at];
        if (row == null) rows[at] = row = new HandlerList<>(EventKey.of(event), phase, registrations);
        return row;
    }

    /** Calls the handlers of an event of a user's own. */
    public void fire(Class<? extends Annotation> custom, Phase phase) throws CancelException {
        Map<Class<? extends Annotation>, HandlerList<L>> rows = customRows.get(phase);
        HandlerList<L> row = rows.get(custom);
        if (row == null) rows.put(custom, row = new HandlerList<>(EventKey.of(custom), phase, registrations));
        EventKey outer = this.custom;
        this.custom = row.key;
        try {
            call(row);
        } finally {
            this.custom = outer;
        }
    }

    private void call(HandlerList<L> row) throws CancelException {
        if (row.isEmpty) return;
        int outer = enter(row.place);
        try {
            int done = row.endsFit || observer != null ? 0 : start(row);
            if (done < row.size) finish(row, done);
        } finally {
            leave(outer);
        }
    }

    private void goOn(HandlerList<L> row, int from) throws CancelException {
        int outer = enter(row.place);
        try {
            finish(row, from);
        } finally {
            leave(outer);
        }
    }

    /** Inside of a table's handler, a plan has nothing to say. */
    private int enter(int inner) {
        int outer = place;
        place = inner;
        if (holds) events.ready(false);
        return outer;
    }

    private void leave(int outer) {
        place = outer;
        if (holds && outer == OUTSIDE) events.ready(true);
    }

    /** The fast path: calls what is on, until something changes. Returns the place in the row from which to finish: its end, mostly. */
    private int start(HandlerList<L> row) throws CancelException {
        CallbackTable<? super L>[] tables = row.tables;
        int[] handlers = row.handlers;
        int seen = changes;
        int i = 0;
        try {
            for (; i < tables.length; i++) {
                tables[i].call(handlers[i], learner);
                if (changes != seen) return row.places[i] + 1;
            }
        } catch (Exception e) {
            throw failure(row.entries.get(row.places[i]).registration(), row.key, e);
        }
        return row.size;
    }

    /**
     * The slow path: the rest of an event after something was switched, removed, added or reordered. It goes on in the row as it was,
     * asking of each callback whether it is still on. At the end of a fit, every callback is switched on again behind its handlers.
     */
    private void finish(HandlerList<L> row, int from) throws CancelException {
        for (int i = from; i < row.size; i++) {
            HandlerList.Entry<L> entry = row.entries.get(i);
            Registration<L> r = entry.registration();
            boolean reached = r.registered(); // also if its own handler removes it
            if (entry.isOn(row.phase)) {
                try {
                    call(r, entry.handler(), row.key);
                } catch (Exception e) {
                    throw failure(r, row.key, e);
                }
            }
            if (row.endsFit && reached && row.isLast(i)) r.run(true);
        }
    }

    private void call(Registration<L> r, int handler, EventKey at) throws CancelException {
        Observer<L> seeing = observer;
        if (seeing != null) seeing.calls(r, at);
        try {
            r.table.call(handler, learner);
        } finally {
            if (seeing != null) seeing.called(r, at);
        }
    }

    private RuntimeException failure(Registration<L> r, EventKey at, Exception e) throws CancelException {
        if (e instanceof CancelException cancel) {
            canceller = r;
            cancelled = at;
            last = cancel;
            throw cancel;
        }
        return failures.of(r, at, e);
    }

    void changed() {
        changes++;
        Arrays.fill(rows, null);
        customRows.values().forEach(Map::clear);
        choose();
    }

    private void choose() {
        if (plan == null) return;
        holds = observer == null && plan.holds(registrations);
        events.change();
        events.ready(holds && place == OUTSIDE);
    }

    /** What events leave to the tables: without a plan, all. */
    private final class FromEvents implements EventTables {
        @Override
        public void call(Event event, Phase phase, int done) throws CancelException {
            if (done == Events.NOT_BEGUN) callTables(event, phase);
            else goOn(plan.row(event, phase), done);
        }

        @Override
        public RuntimeException failure(Event event, int at, Throwable thrown) throws CancelException {
            events.ready(holds);
            if (thrown instanceof Error error) throw error;
            Exception e = thrown instanceof Exception it ? it : new UndeclaredThrowableException(thrown);
            return Dispatcher.this.failure(plan.registration(event, at), EventKey.of(event), e);
        }
    }
}
