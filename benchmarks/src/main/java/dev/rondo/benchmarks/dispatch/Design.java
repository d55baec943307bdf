package dev.rondo.benchmarks.dispatch;

import java.util.List;
import java.util.function.Function;

/** The compared designs of calling callbacks. */
public enum Design {
    /** The bodies of the handlers, written into the loop by hand. */
    INLINED(InlinedLoops::of),
    /** The generated code of a plan. */
    PLAN(DispatcherLoop::plan),
    /** The generated tables of the callback classes. */
    TABLE(DispatcherLoop::tables),
    /** An interface with a default method for each event. */
    INTERFACE(InterfaceLoop::new);

    private final Function<List<Counter>, Loop> loop;

    Design(Function<List<Counter>, Loop> loop) {
        this.loop = loop;
    }

    Loop loop(List<Counter> callbacks) {
        return loop.apply(callbacks);
    }
}
