package dev.rondo.benchmarks.dispatch;

import dev.rondo.event.CancelException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The time of a batch in one design. A fork loads that design only, so that a call site has seen what it would see in a program. */
@State(Scope.Thread)
public class DispatchBenchmark {
    /** The numbers of callbacks that there is a loop for. */
    static final int[] SIZES = {1, 5, 20};

    /** Batches of each other size before a polluted run: more than the compilers wait for. */
    private static final int POLLUTION = 500_000;

    /**
     * Batches in one call of a loop, as many as a long epoch has: a training calls its loop so seldom that compilers never put it into its
     * caller, and a caller in which they put the loops of several plans is no longer compiled as well.
     */
    static final int BATCHES = 100_000;

    @Param("PLAN")
    public Design design;

    @Param("20")
    public int callbacks;

    /** Whether the same code has run with other numbers of callbacks before, so that its call sites have seen other classes. */
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
            for (int i = 0; i < POLLUTION; i += BATCHES) other.batches(BATCHES);
        }
    }

    @Benchmark
    @OperationsPerInvocation(BATCHES)
    public void batches() throws CancelException {
        loop.batches(BATCHES);
    }
}
