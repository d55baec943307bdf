package dev.rondo.benchmarks.dispatch;

import java.util.List;
import java.util.function.Function;

/** The ways to call callbacks that are compared. */
public enum Design {
    /** The bodies of the handlers written into the loop. */
    INLINED(Inlined::of),
    /** The code generated for a plan. */
    PLAN(Fired::plan),
    /** The tables generated for the classes. */
    TABLE(Fired::tables),
    /** An interface with default methods. */
    INTERFACE(Asked::new);

    private final Function<List<Counter>, Loop> loop;

    Design(Function<List<Counter>, Loop> loop) {
        this.loop = loop;
    }

    Loop loop(List<Counter> callbacks) {
        return loop.apply(callbacks);
    }
}
