package dev.rondo.dispatch;

import static java.util.Objects.requireNonNull;

import dev.rondo.event.CancelException;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.event.RunKind;
import dev.rondo.spi.CallbackPlan;
import dev.rondo.spi.CallbackTable;
import dev.rondo.spi.EventTables;
import dev.rondo.spi.Events;
import java.lang.annotation.Annotation;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the registrations of one learner and calls their handlers. Handler lists are built when an event first fires after a change;
 * firing allocates nothing.
 *
 * <p>Switches and removals take effect at once, including in the running event. Additions and orders take effect at the next event. Not
 * thread-safe.
 *
 * @param <L> the learner
 */
public final class Dispatcher<L> {
    /** Decides which exception replaces that of a handler. */
    public interface Failures<L> {
        /**
         * The exception to throw.
         *
         * @param failure what the handler threw; never a cancel
         * @throws CancelException if the failure carries a cancel out of a nested run
         */
        RuntimeException of(Registration<L> registration, EventKey at, Exception failure) throws CancelException;
    }

    private final L learner;
    private final Failures<L> failures;
    private final List<Registration<L>> registrations = new ArrayList<>();
    private final LastCancel<L> lastCancel = new LastCancel<>();
    private final CurrentEvent current;
    private HandlerLists<L> run = HandlerLists.outside();
    private Events events = new Events(new Tables());
    private @Nullable BoundPlan<L> plan;
    private boolean planHolds; // and there is no observer: the plan's own code makes the calls
    private @Nullable Observer<L> observer;
    private long sequence;
    private int changes;

    /**
     * @param learner passed to the handlers
     * @param failures replaces their exceptions
     */
    public Dispatcher(L learner, Failures<L> failures) {
        this.learner = learner;
        this.failures = failures;
        current = new CurrentEvent(events);
    }

    // ---- registrations

    /** Registers a callback after all others of its order. The name must be free. */
    public Registration<L> add(CallbackTable<? super L> table, String name) {
        Registration<L> r = new Registration<>(this, table, name, run.depth + 1, sequence++);
        registrations.add(r);
        changed();
        return r;
    }

    /** Unregisters a callback. It receives no more events, including the rest of the running one. */
    public void remove(Registration<L> registration) {
        if (registrations.remove(registration)) registration.unregister();
    }

    void moveToEnd(Registration<L> registration) {
        registrations.remove(registration);
        registrations.add(registration);
        registration.sequence = sequence++;
        changed();
    }

    /** The registrations in the order in which they were made; a copy. */
    public List<Registration<L>> registrations() {
        return List.copyOf(registrations);
    }

    /** The first callback of a class or of a subclass; null if there is none. Allocates nothing. */
    public <C> @Nullable C first(Class<C> type) {
        for (int i = 0; i < registrations.size(); i++) {
            Object callback = registrations.get(i).callback();
            if (type.isInstance(callback)) return type.cast(callback);
        }
        return null;
    }

    /** The callbacks with a handler of an event that are on in a phase of a fit, each once, in the order in which they are called. */
    public List<Object> callbacks(Event event, Phase phase) {
        HandlerLists<L> fit = HandlerLists.<L>outside().begin(RunKind.FIT);
        HandlerList<L> list = fit.of(event, phase, registrations);
        return Arrays.stream(list.tables)
                .map(CallbackTable::callback)
                .distinct()
                .toList();
    }

    void changed() {
        changes++;
        run.clear();
        if (plan != null) events.change();
        choosePlanOrTables();
    }

    // ---- runs

    /** Begins a run, nested in the running one if there is one. It ends with {@link #endRun}. */
    public void beginRun(RunKind kind) {
        run = run.begin(kind);
        choosePlanOrTables();
    }

    /** Ends the innermost run. */
    public void endRun() {
        run = run.outer != null ? run.outer : HandlerLists.outside();
        registrations.forEach(r -> r.runEnded(run.depth));
        choosePlanOrTables();
    }

    /** The kind of the innermost run; {@link RunKind#FIT} outside runs. */
    public RunKind runKind() {
        return run.kind;
    }

    /** The number of nested runs; 0 outside runs. */
    public int runDepth() {
        return run.depth;
    }

    // ---- plans

    /**
     * Lets the plan's generated code make the calls while all of these hold: only its callbacks are registered, in its order; no switch and
     * no order was changed; all of them take part in the run.
     *
     * @param bound the registrations of the plan's tables
     * @throws IllegalArgumentException if the plan was compiled with other versions of the callbacks
     */
    public void use(CallbackPlan<L> plan, List<Registration<L>> bound) {
        this.plan = new BoundPlan<>(plan, bound);
        events = plan.bind(learner, new Tables());
        current.use(events);
        changed();
    }

    /** Whether a plan's generated code makes the calls now. */
    public boolean runsPlan() {
        return planHolds;
    }

    /** Sets an observer, or removes it with null. While there is an observer, tables make all calls. */
    public void observe(@Nullable Observer<L> observer) {
        this.observer = observer;
        if (plan != null) events.change();
        choosePlanOrTables();
    }

    private void choosePlanOrTables() {
        if (plan == null) return;
        planHolds = observer == null && plan.holds(registrations, run);
        events.ready(planHolds && !current.inTables());
    }

    // ---- events

    /** The events of a training loop for this learner. */
    public Events events() {
        return events;
    }

    /** The event whose handlers are running, the innermost one; null between events. */
    public @Nullable EventKey currentEvent() {
        return current.get();
    }

    /** The last cancel that a handler threw. */
    public LastCancel<L> lastCancel() {
        return lastCancel;
    }

    /** Fires a custom event. */
    public void fire(Class<? extends Annotation> custom, Phase phase) throws CancelException {
        HandlerList<L> list = run.of(custom, phase, registrations);
        EventKey outer = current.beginCustom(list.key);
        try {
            call(list);
        } finally {
            current.endCustom(outer);
        }
    }

    private void fire(Event event, Phase phase) throws CancelException {
        Observer<L> seeing = observer;
        if (seeing == null) {
            call(run.of(event, phase, registrations));
        } else {
            seeing.begins(event, phase);
            call(run.of(event, phase, registrations));
            seeing.ends(event, phase);
        }
    }

    private void call(HandlerList<L> list) throws CancelException {
        if (list.isEmpty) return;
        int outer = enter(list.number);
        try {
            int done = list.endsFit || observer != null ? 0 : callUntilChange(list);
            if (done < list.size) callRest(list, done);
        } finally {
            leave(outer);
        }
    }

    private void goOn(HandlerList<L> list, int from) throws CancelException {
        int outer = enter(list.number);
        try {
            callRest(list, from);
        } finally {
            leave(outer);
        }
    }

    /** Called before tables make calls, even if a plan is in use. */
    private int enter(int event) {
        int outer = current.enter(event);
        if (planHolds) events.ready(false);
        return outer;
    }

    private void leave(int outer) {
        current.leave(outer);
        if (planHolds && !current.inTables()) events.ready(true);
    }

    /**
     * The fast path: calls the handlers that are on until a registration changes. Returns the index of the entry at which to continue;
     * usually that is the end.
     */
    private int callUntilChange(HandlerList<L> list) throws CancelException {
        CallbackTable<? super L>[] tables = list.tables;
        int[] handlers = list.handlers;
        int seen = changes;
        int i = 0;
        try {
            for (; i < tables.length; i++) {
                tables[i].call(handlers[i], learner);
                if (changes != seen) return list.places[i] + 1;
            }
        } catch (Exception e) {
            throw failure(list.entries.get(list.places[i]).registration(), list.key, e);
        }
        return list.size;
    }

    /**
     * The slow path: the rest of an event after a callback was turned on or off, removed, added or reordered. It uses the same list and
     * checks for each callback whether it is still on. At the end of a fit, it turns every callback on again after its handlers.
     */
    private void callRest(HandlerList<L> list, int from) throws CancelException {
        for (int i = from; i < list.size; i++) {
            HandlerList.Entry<L> entry = list.entries.get(i);
            Registration<L> r = entry.registration();
            boolean reached = r.registered(); // read before the call: its own handler may remove it
            if (entry.isOn(list.phase)) {
                try {
                    call(r, entry.handler(), list.key);
                } catch (Exception e) {
                    throw failure(r, list.key, e);
                }
            }
            if (list.endsFit && reached && list.isLast(i)) r.run(true);
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
            lastCancel.set(cancel, r, at);
            throw cancel;
        }
        return failures.of(r, at, e);
    }

    /** The events that {@link Events} passes to tables: without a plan, all of them. */
    private final class Tables implements EventTables {
        @Override
        public void call(Event event, Phase phase, int done) throws CancelException {
            if (done == Events.NOT_BEGUN) fire(event, phase);
            else goOn(requireNonNull(plan).list(event, phase), done);
        }

        @Override
        public RuntimeException failure(Event event, int at, Throwable thrown) throws CancelException {
            events.ready(planHolds);
            if (thrown instanceof Error error) throw error;
            Exception e = thrown instanceof Exception it ? it : new UndeclaredThrowableException(thrown);
            return Dispatcher.this.failure(requireNonNull(plan).registration(event, at), EventKey.of(event), e);
        }
    }
}
