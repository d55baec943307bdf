package dev.rondo;

import dev.rondo.dispatch.Dispatcher;
import dev.rondo.dispatch.Registration;
import dev.rondo.dispatch.TableFinder;
import dev.rondo.spi.CallbackPlan;
import dev.rondo.spi.CallbackTable;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The callbacks of a learner, and the names of their registrations. */
final class CallbackRegistry {
    private final Learner learner;
    private final Dispatcher<Learner> dispatcher;
    private final Map<Object, CallbackHandle> handles = new IdentityHashMap<>();

    CallbackRegistry(Learner learner, Dispatcher<Learner> dispatcher) {
        this.learner = learner;
        this.dispatcher = dispatcher;
    }

    /** The object whose handlers are registered: the callback itself, or the callback of a table. */
    static Object itself(Object callback) {
        return callback instanceof CallbackTable<?> table ? table.callback() : callback;
    }

    /**
     * Registers the callbacks that a learner is built with. They may require each other in any order.
     *
     * @param plan a plan that calls some of them, or null
     */
    void addFirst(List<CallbackSpec> specs, @Nullable CallbackPlan<?> plan) {
        specs.forEach(spec -> add(spec, specs));
        if (plan == null) return;
        if (plan.contract() != CallbackTable.VERSION) {
            throw new IllegalArgumentException(
                    plan.getClass().getName() + " was generated for contract " + plan.contract()
                            + ", and this runtime has contract " + CallbackTable.VERSION
                            + ". Build it with the version of rondo-processor that belongs to this rondo-runtime.");
        }
        if (!plan.learnerType().isInstance(learner)) {
            throw new IllegalArgumentException(plan.getClass().getName() + " needs a learner of " + plan.learnerType()
                    + ", and this one is of " + learner.getClass() + ".");
        }
        @SuppressWarnings("unchecked") // isInstance has checked that the plan accepts the learner
        CallbackPlan<Learner> checked = (CallbackPlan<Learner>) plan;
        List<Registration<Learner>> bound = plan.tables().stream()
                .map(table -> handle(table.callback()).registration)
                .toList();
        dispatcher.use(checked, bound);
        if (!dispatcher.runsPlan()) sayThatTablesRun(plan, bound);
    }

    private void sayThatTablesRun(CallbackPlan<?> plan, List<Registration<Learner>> bound) {
        String others = dispatcher.registrations().stream()
                .filter(r -> !bound.contains(r))
                .map(r -> r.callback().getClass().getSimpleName())
                .collect(Collectors.joining(", "));
        if (others.isEmpty()) {
            LoggerFactory.getLogger(Learner.class)
                    .info(
                            "{} makes no calls in fits, because some of its callbacks take part in none: tables call all callbacks.",
                            plan.getClass().getSimpleName());
            return;
        }
        LoggerFactory.getLogger(Learner.class)
                .info(
                        "{} is not what runs: this learner also has {}, so tables call all callbacks. To change that, list them in the plan"
                                + " or build the learner without them.",
                        plan.getClass().getSimpleName(),
                        others);
    }

    Dispatcher<Learner> dispatcher() {
        return dispatcher;
    }

    CallbackHandle add(CallbackSpec spec) {
        return add(spec, List.of());
    }

    private CallbackHandle add(CallbackSpec spec, List<CallbackSpec> together) {
        CallbackHandle handle = add(spec.name(), spec.callback(), together);
        try {
            spec.setUp().accept(handle);
        } catch (Throwable t) {
            remove(handle);
            throw t;
        }
        return handle;
    }

    /** The spec of a callback under this name; a number is appended if a nested run's outer run has taken the name. */
    CallbackSpec spec(String name, Object callback) {
        return new CallbackSpec(unused(name), callback, handle -> {});
    }

    /** A free name: this one, or this one with a number appended. */
    String unused(String name) {
        Set<String> taken = all().map(CallbackHandle::name).collect(Collectors.toSet());
        String unused = name;
        for (int i = 2; taken.contains(unused); i++) unused = name + "_" + i;
        return unused;
    }

    private CallbackHandle add(String name, Object callback, List<CallbackSpec> together) {
        CallbackTable<? super Learner> table = TableFinder.find(Objects.requireNonNull(callback, "callback"), learner);
        CallbackHandle same = handles.get(table.callback());
        if (same != null) {
            throw new IllegalArgumentException(
                    "This " + table.callback().getClass().getSimpleName() + " is registered already, as '" + same.name()
                            + "'. Register each object once.");
        }
        all().filter(h -> h.name().equals(name)).findFirst().ifPresent(taken -> {
            throw new IllegalArgumentException("A callback named '" + name + "' is registered already, a "
                    + taken.callback().getClass().getSimpleName()
                    + ". Give this one a name of its own: add(\"…\", callback).");
        });
        for (Class<?> required : table.requires()) {
            if (find(required).isEmpty()
                    && together.stream().noneMatch(g -> required.isInstance(itself(g.callback())))) {
                throw new IllegalArgumentException(table.callback().getClass().getSimpleName() + " requires "
                        + required.getSimpleName() + ", which this learner does not have. Register one before it.");
            }
        }
        CallbackHandle handle = new CallbackHandle(dispatcher.add(table, name));
        handles.put(table.callback(), handle);
        return handle;
    }

    /** The registration of a callback object. */
    CallbackHandle handle(Object callback) {
        CallbackHandle handle = handles.get(callback);
        if (handle == null) {
            throw new IllegalArgumentException(
                    "This " + callback.getClass().getSimpleName() + " is not registered with this learner.");
        }
        return handle;
    }

    void remove(CallbackHandle handle) {
        if (!handle.registered()) return;
        dispatcher.remove(handle.registration);
        handles.remove(handle.callback());
    }

    Stream<CallbackHandle> all() {
        return dispatcher.registrations().stream().map(r -> handles.get(r.callback()));
    }

    boolean has(Object callback) {
        return handles.containsKey(itself(callback));
    }

    <C> Optional<C> find(Class<C> type) {
        return Optional.ofNullable(dispatcher.first(type));
    }

    <C> C required(Class<C> type) {
        C callback = dispatcher.first(type);
        if (callback == null) throw new IllegalStateException("This learner has no " + type.getSimpleName() + ".");
        return callback;
    }

    Recorder recorder() {
        return find(Recorder.class)
                .orElseThrow(() -> new IllegalStateException(
                        "This learner has no Recorder: it was built without default callbacks."));
    }

    /** Registers callbacks for the innermost run, which has just begun, until the result is closed. */
    Added addedForRun(List<CallbackSpec> callbacks) {
        return added(callbacks, true);
    }

    Undo addedUndo(List<Object> callbacks) {
        return Undo.once(added(callbacks.stream().map(CallbackSpec::of).toList(), false)::close);
    }

    /** Registers callbacks until the result is closed. A callback that is registered already does not change and stays registered. */
    private Added added(List<CallbackSpec> callbacks, boolean forRun) {
        Added added = new Added();
        try {
            for (CallbackSpec spec : callbacks) {
                if (has(spec.callback())) continue;
                CallbackHandle handle = add(spec);
                if (forRun) handle.registration.belongToRun();
                added.callbacks.add(handle.callback());
            }
        } catch (RuntimeException e) {
            added.close();
            throw e;
        }
        return added;
    }

    /** Unregisters callbacks until the result is closed. */
    Undo removed(List<CallbackHandle> gone) {
        List<CallbackHandle> present =
                gone.stream().filter(CallbackHandle::registered).toList();
        present.forEach(this::remove);
        return Undo.once(() -> present.forEach(
                h -> add(h.name(), h.registration.table(), List.of()).copySettings(h)));
    }

    /** Callbacks that are registered temporarily. They are removed even if they were removed and registered again meanwhile. */
    final class Added implements AutoCloseable {
        private final List<Object> callbacks = new ArrayList<>();

        @Override
        public void close() {
            for (Object callback : callbacks) if (has(callback)) remove(handle(callback));
        }
    }
}
