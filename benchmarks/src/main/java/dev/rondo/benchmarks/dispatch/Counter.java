package dev.rondo.benchmarks.dispatch;

import dev.rondo.benchmarks.dispatch.Counters.*;
import java.util.List;
import java.util.function.Supplier;

/** A callback that counts its calls, so that a test can check that all designs make the same calls. */
abstract class Counter implements EventListener {
    private static final List<Supplier<Counter>> CLASSES = List.of(
            C1::new, C2::new, C3::new, C4::new, C5::new, C6::new, C7::new, C8::new, C9::new, C10::new, C11::new,
            C12::new, C13::new, C14::new, C15::new, C16::new, C17::new, C18::new, C19::new, C20::new);

    /** Returns the count, which is a field of the subclass. */
    final long count() {
        try {
            return getClass().getDeclaredField("count").getLong(this);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Creates the first {@code n} callbacks, with counts of 0. */
    static List<Counter> first(int n) {
        return CLASSES.subList(0, n).stream().map(Supplier::get).toList();
    }
}
