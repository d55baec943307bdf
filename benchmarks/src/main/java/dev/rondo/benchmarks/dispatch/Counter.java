package dev.rondo.benchmarks.dispatch;

import dev.rondo.benchmarks.dispatch.Counters.*;
import java.util.List;
import java.util.function.Supplier;

/** A callback that adds up what it is called for, so that designs can be compared by what they leave. */
abstract class Counter implements EveryEvent {
    private static final List<Supplier<Counter>> CLASSES = List.of(
            C1::new, C2::new, C3::new, C4::new, C5::new, C6::new, C7::new, C8::new, C9::new, C10::new, C11::new,
            C12::new, C13::new, C14::new, C15::new, C16::new, C17::new, C18::new, C19::new, C20::new);

    /** What it has counted, in the field of its class. */
    final long count() {
        try {
            return getClass().getDeclaredField("count").getLong(this);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first so many callbacks, all at 0. */
    static List<Counter> first(int n) {
        return CLASSES.subList(0, n).stream().map(Supplier::get).toList();
    }
}
