package dev.rondo.benchmarks.dispatch;

import org.openjdk.jmh.annotations.CompilerControl;

/** Stands for what a batch does between two events: a call that the compiler cannot look into. */
final class Native {
    private Native() {}

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static void work() {}
}
