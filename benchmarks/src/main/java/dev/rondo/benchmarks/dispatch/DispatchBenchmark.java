package dev.rondo.benchmarks.dispatch;

import dev.rondo.event.CancelException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Measures the time of a batch in one design. A fork loads only this design, so that its call sites see the same classes as in a program. */
@State(Scope.Thread)
public class DispatchBenchmark {
    /** The supported numbers of callbacks. */
    static final int[] SIZES = {1, 5, 20};

    /** Number of batches of each other size before a polluted run, which is above the thresholds of the JIT compilers. */
    private static final int POLLUTING_BATCHES = 500_000;

    /**
     * Number of batches per call of a loop, as in a long epoch. A training calls its loop so rarely that the JIT never inlines it into the
     * caller. A caller with the inlined loops of several plans would be compiled less well.
     */
    static final int BATCHES = 100_000;

    @Param("PLAN")
    public Design design;

    @Param("20")
    public int callbacks;

    /** Whether the same code has run with other numbers of callbacks before, which shows its call sites other classes. */
    @Param("false")
    public boolean polluted;

    private Loop loop;

    @Setup
    public void prepare() throws CancelException {
        loop = design.loop(Counter.first(callbacks));
        if (!polluted) return;
        for (int size : SIZES) {
            if (size == callbacks) continue;
            Loop other = design.loop(Counter.first(size));
            for (int i = 0; i < POLLUTING_BATCHES; i += BATCHES) other.batches(BATCHES);
        }
    }

    @Benchmark
    @OperationsPerInvocation(BATCHES)
    public void batches() throws CancelException {
        loop.batches(BATCHES);
    }
}
