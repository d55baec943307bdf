package dev.rondo;

import dev.rondo.annotation.Attribute;
import dev.rondo.dispatch.Dispatcher;
import dev.rondo.dispatch.EventKey;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.event.RunKind;
import dev.rondo.event.Scope;
import dev.rondo.profile.FlightObserver;
import dev.rondo.spi.Events;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The callbacks of a learner: which there are, what they replace for a while, and how they are called. */
public abstract sealed class LearnerCallbacks extends LearnerAttributes permits LearnerFits {
    private final RunStack runs;
    private final Dispatcher<Learner> dispatcher;
    private final CallbackRegistry registry;
    private final ScopeStack scopes = new ScopeStack();
    private final LoadedStates loaded = new LoadedStates();
    private FlightObserver<Learner> observer;

    LearnerCallbacks() {
        Learner self = (Learner) this;
        runs = new RunStack(self);
        dispatcher = new Dispatcher<>(self, runs::failure);
        registry = new CallbackRegistry(self, dispatcher);
    }

    // ---- which there are

    /** Registers a callback under a name derived from its class, behind all others of its order. No event is fired. */
    public final CallbackHandle add(Object callback) {
        return registry.add(CallbackSpec.of(callback));
    }

    /**
     * Registers a callback.
     *
     * @param name the key of the registration, which no other may have
     * @param callback an object with a generated table, or a {@link dev.rondo.spi.CallbackTable}
     * @throws IllegalArgumentException if it has no table, requires a callback that is not there, is registered already, or the name is
     *     taken
     */
    public final CallbackHandle add(String name, Object callback) {
        return registry.add(new CallbackSpec(name, callback, handle -> {}));
    }

    /** Unregisters a callback, at once; nothing happens if it is not registered. */
    public final void remove(CallbackHandle handle) {
        registry.remove(handle);
    }

    /** The callbacks in the sequence of their registration. */
    public final List<CallbackHandle> callbacks() {
        return registry.all().toList();
    }

    /** The first callback of a class or a subclass of it. */
    public final <C> Optional<C> callback(Class<C> type) {
        return registry.find(type);
    }

    /**
     * The first callback of a class or a subclass of it: what a handler gets that asks for one as a parameter. Allocates nothing.
     *
     * @throws IllegalStateException if there is none
     */
    public final <C> C required(Class<C> type) {
        return registry.required(type);
    }

    /**
     * The registration of a callback.
     *
     * @throws IllegalArgumentException if it is not registered
     */
    public final CallbackHandle handle(Object callback) {
        return registry.handle(callback);
    }

    /**
     * The recorder.
     *
     * @throws IllegalStateException if there is none
     */
    public final Recorder recorder() {
        return callback(Recorder.class)
                .orElseThrow(() -> new IllegalStateException(
                        "This learner has no Recorder: it was built without default callbacks."));
    }

    // ---- for a while

    /** Registers callbacks until the result is closed. One that is registered already is left as it is, and stays. */
    public final Undo addedCallbacks(Object... callbacks) {
        return Undo.once(
                registry.added(Arrays.stream(callbacks).map(CallbackSpec::of).toList())::close);
    }

    /**
     * Unregisters callbacks until the result is closed; then they are registered again, under their names and with their switches, behind
     * all others of their order.
     */
    public final Undo removedCallbacks(CallbackHandle... handles) {
        return registry.removed(List.of(handles));
    }

    /**
     * Has a replacement undone when the innermost open scope of a kind ends, however it ends: normally, by a cancel or by an error. What
     * was handed over last is closed first.
     *
     * @throws IllegalStateException if no such scope is open
     */
    public final void until(Scope scope, AutoCloseable closeable) {
        scopes.until(scope, closeable);
    }

    // ---- what they keep

    /**
     * What callbacks mark {@link dev.rondo.annotation.Checkpointed}, by the names of their registrations and of their fields: numbers,
     * booleans, strings, tensors, lists and maps of these, and nulls. Tensors are copies, which the caller closes. In a fit, those that
     * are there for that fit only are among them.
     */
    public final Map<String, Map<String, Object>> saveCallbacks() {
        return CallbackStates.save(callbacks());
    }

    /**
     * Gives callbacks what {@link #saveCallbacks} returned, perhaps in another process. All of it fits, or nothing changes.
     *
     * <p>A fit goes on from a state that was loaded before it:
     *
     * <pre>{@code
     * learner.load(file);
     * learner.loadCallbacks(states);
     * learner.fitOneCycle(10, fit -> fit.startEpoch(4)); // the fit in which they were saved at the end of epoch 3
     * }</pre>
     *
     * <p>Outside of runs, callbacks get the state at once, and it is kept for the next fit: callbacks begin anew in before_fit, and get it
     * once more behind all handlers of that event. It then also reaches those that are there for that fit only, a schedule for example.
     * Fits inside of other runs, validations, predictions and {@code lrFind} neither use nor lose it, nor does a fit that before_fit ends;
     * another load takes its place; the fit that gets it, or the learner's end, frees it. Callbacks that have come since then have none.
     *
     * <p>Inside of a run, callbacks get the state at once and only then.
     *
     * @param states left as it is: its tensors are copied
     * @throws IllegalArgumentException if a callback or a value is missing or unknown, or a value or a version is another. A fit throws it
     *     if it lacks a callback that was there for one fit when the state was saved.
     */
    public final void loadCallbacks(Map<String, ? extends Map<String, ?>> states) {
        runs.exclusively(() -> {
            if (runs.depth() > 1) {
                CallbackStates.load(callbacks(), states);
            } else {
                CallbackStates.loadBefore(callbacks(), states);
                loaded.keep(states);
            }
        });
    }

    /** Gives callbacks once more what was loaded for this fit. */
    final void resumeCallbacks() {
        if (runKind() == RunKind.FIT && runDepth() == 1) loaded.giveTo(callbacks());
    }

    final LoadedStates loadedStates() {
        return loaded;
    }

    // ---- how they are called

    /**
     * Fires an event of one's own: an annotation that is marked {@link dev.rondo.annotation.EventType}. A cancel that a handler raises
     * goes on to the scopes around the handler that fires.
     */
    public final void fire(Class<? extends Annotation> event) {
        runs.within(() -> dispatcher.fire(event, phase()));
    }

    /** The event whose handlers are running; null outside of events, and in one of a user's own. */
    @Override
    @Attribute
    public final Event event() {
        EventKey at = dispatcher.key();
        return at == null ? null : at.event();
    }

    /** What the running call is for; outside of calls, {@link RunKind#FIT}. */
    public final RunKind runKind() {
        return runs.kind();
    }

    /** How many calls are running, each inside of a handler of the one before: 1 in a fit, 2 in a validation that it runs. */
    public final int runDepth() {
        return runs.depth();
    }

    /**
     * The loop in outline, with the callbacks that each event calls, in their order.
     *
     * @see <a href="https://docs.fast.ai/learner.html#learner.show_training_loop">fastai, show_training_loop</a>
     */
    public final String showTrainingLoop() {
        return LoopOutline.of(dispatcher);
    }

    final Events events() {
        return dispatcher.events();
    }

    @Override
    final void observe() {
        boolean wanted = FlightObserver.isWanted();
        if (wanted == (observer != null)) return;
        observer = wanted ? new FlightObserver<>() : null;
        dispatcher.observe(observer);
    }

    final Phase phase() {
        return training() ? Phase.TRAIN : Phase.VALID;
    }

    final Dispatcher<Learner> dispatcher() {
        return dispatcher;
    }

    final CallbackRegistry registry() {
        return registry;
    }

    final ScopeStack scopes() {
        return scopes;
    }

    final RunStack runs() {
        return runs;
    }
}
