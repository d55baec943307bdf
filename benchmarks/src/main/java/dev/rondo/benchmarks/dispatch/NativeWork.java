package dev.rondo.benchmarks.dispatch;

import org.openjdk.jmh.annotations.CompilerControl;

/** Stands for the work of a batch between two events: a call that the JIT cannot inline. */
final class NativeWork {
    private NativeWork() {}

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static void run() {}
}
