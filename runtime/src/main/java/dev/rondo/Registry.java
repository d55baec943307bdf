package dev.rondo;

import dev.rondo.dispatch.Dispatcher;
import dev.rondo.dispatch.Registration;
import dev.rondo.dispatch.TableFinder;
import dev.rondo.spi.CallbackTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Which callbacks a learner has, and under which names. */
final class Registry {
    private final Learner learner;
    private final Dispatcher<Learner> dispatcher;

    Registry(Learner learner, Dispatcher<Learner> dispatcher) {
        this.learner = learner;
        this.dispatcher = dispatcher;
    }

    /** The object whose handlers a callback, or a table of one, brings. */
    static Object itself(Object callback) {
        return callback instanceof CallbackTable<?> table ? table.callback() : callback;
    }

    CallbackHandle add(Given given) {
        CallbackHandle handle = add(given.name(), given.callback());
        given.setUp().accept(handle);
        return handle;
    }

    private CallbackHandle add(String name, Object callback) {
        CallbackTable<? super Learner> table = TableFinder.find(Objects.requireNonNull(callback, "callback"), learner);
        for (Registration<Learner> r : dispatcher.registrations()) {
            if (r.callback() == table.callback()) {
                throw new IllegalArgumentException(
                        "This " + table.callback().getClass().getSimpleName() + " is registered already, as '"
                                + r.name() + "'. Register each object once.");
            }
            if (r.name().equals(name)) {
                throw new IllegalArgumentException("A callback named '" + name + "' is registered already, a "
                        + r.callback().getClass().getSimpleName()
                        + ". Give this one a name of its own: add(\"…\", callback).");
            }
        }
        return new CallbackHandle(dispatcher.add(table, name));
    }

    void remove(CallbackHandle handle) {
        dispatcher.remove(handle.registration);
    }

    Stream<CallbackHandle> all() {
        return dispatcher.registrations().stream().map(CallbackHandle::new);
    }

    boolean has(Object callback) {
        Object itself = itself(callback);
        return all().anyMatch(h -> h.callback() == itself);
    }

    <C> Optional<C> find(Class<C> type) {
        return all().map(CallbackHandle::callback)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }

    /** Registers callbacks until the result is closed. One that is registered already is left as it is, and stays. */
    Added added(List<Given> callbacks) {
        Added added = new Added();
        try {
            for (Given given : callbacks) if (!has(given.callback())) added.handles.add(add(given));
        } catch (RuntimeException e) {
            added.close();
            throw e;
        }
        return added;
    }

    /** Callbacks that are there for a while. */
    final class Added implements AutoCloseable {
        private final List<CallbackHandle> handles = new ArrayList<>();

        @Override
        public void close() {
            handles.forEach(Registry.this::remove);
        }
    }
}
