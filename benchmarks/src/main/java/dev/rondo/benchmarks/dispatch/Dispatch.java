package dev.rondo.benchmarks.dispatch;

import dev.rondo.benchmarks.Benchmark;
import dev.rondo.benchmarks.InProcessOption;
import dev.rondo.benchmarks.Rounds;
import dev.rondo.benchmarks.RoundsOption;
import dev.rondo.benchmarks.Stats;
import dev.rondo.benchmarks.Table;
import dev.rondo.event.CancelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rondo bench dispatch}: compares the cost of calling callbacks with that of a loop that has their bodies inlined by hand. */
@Command(
        name = "dispatch",
        mixinStandardHelpOptions = true,
        description =
                "Measures the time and the allocation of a batch's events: a plan and tables, compared with an inlined loop and an interface.",
        showDefaultValues = true)
public final class Dispatch extends Benchmark {
    @Mixin
    private RoundsOption rounds = new RoundsOption(5);

    @Mixin
    private InProcessOption inProcess;

    /** One row of the table. */
    private record Case(Design design, int callbacks, boolean polluted) {
        Case with(Design other) {
            return new Case(other, callbacks, polluted);
        }

        @Override
        public String toString() {
            return design.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + callbacks
                    + (polluted ? " polluted" : "");
        }
    }

    @Option(names = "--warmup-ms", defaultValue = "1000", description = "Warm-up time of a fork, in milliseconds.")
    private int warmupMs;

    @Option(
            names = "--measure-ms",
            defaultValue = "1000",
            description = "Measuring time of a fork, in milliseconds, in parts of 25 ms.")
    private int measureMs;

    private final Rounds<Case> times = new Rounds<>();

    @Override
    protected void measure() throws RunnerException, CancelException {
        System.setProperty(
                "jmh.ignoreLock", "true"); // a concurrent run of another user slows both down, which the spread shows
        for (int n : DispatchBenchmark.SIZES) check(n);
        List<Case> cases = cases();
        for (int round = 1; round <= rounds.value(); round++) {
            times.begin();
            for (Case c : cases) {
                double ns = fastest(run(options(c)));
                times.put(c, ns);
                progress("round %d  %-22s %7.1f ns", round, c, ns);
            }
        }
        report(cases);
        for (Design design : List.of(Design.TABLE, Design.PLAN)) {
            key("bytes_per_batch." + design.name().toLowerCase(Locale.ROOT), bytes(new Case(design, 20, false)));
        }
    }

    /** Checks that all designs make the same calls. */
    private static void check(int n) throws CancelException {
        List<Long> expected = null;
        for (Design design : Design.values()) {
            List<Counter> callbacks = Counter.first(n);
            Loop loop = design.loop(callbacks);
            loop.batches(1000);
            List<Long> counts = callbacks.stream().map(Counter::count).toList();
            if (expected == null) expected = counts;
            if (!counts.equals(expected)) throw new IllegalStateException(design + ": " + counts + ", not " + expected);
        }
    }

    private static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (boolean polluted : new boolean[] {false, true}) {
            for (int n : DispatchBenchmark.SIZES) {
                for (Design design : Design.values()) {
                    if (!polluted || design != Design.INTERFACE) cases.add(new Case(design, n, polluted));
                }
            }
        }
        return cases;
    }

    private ChainedOptionsBuilder options(Case c) {
        return new OptionsBuilder()
                .include(DispatchBenchmark.class.getName())
                .param("design", c.design.name())
                .param("callbacks", Integer.toString(c.callbacks))
                .param("polluted", Boolean.toString(c.polluted))
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(inProcess.isSet() ? 0 : 1)
                .warmupTime(TimeValue.milliseconds(Math.min(100, warmupMs)))
                .warmupIterations(Math.max(1, warmupMs / 100))
                .measurementTime(TimeValue.milliseconds(25))
                .measurementIterations(Math.max(1, measureMs / 25))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
    }

    private static RunResult run(ChainedOptionsBuilder options) throws RunnerException {
        return new Runner(options.build()).runSingle();
    }

    /** Returns the fastest part of a fork. Slower parts are slow for reasons outside the code. */
    private static double fastest(RunResult result) {
        return result.getPrimaryResult().getStatistics().getMin();
    }

    private void report(List<Case> cases) {
        Table table = new Table("design, callbacks", "ns a batch", "min–max", "over inlined", "min–max");
        for (Case c : cases) {
            Stats ns = times.times(c).orElseThrow();
            Stats ratio = ratio(c, Design.INLINED);
            table.row(c, ns.median(), ns.spread(), ratio.median(), ratio.spread());
        }
        print(table);
        for (Case c : cases) {
            if (c.design != Design.PLAN) continue;
            key(
                    "plan_over_inlined." + (c.polluted ? "polluted." : "") + c.callbacks,
                    ratio(c, Design.INLINED).median());
        }
        key(
                "table_over_interface.20",
                ratio(new Case(Design.TABLE, 20, false), Design.INTERFACE).median());
    }

    private Stats ratio(Case c, Design other) {
        return times.ratio(c, c.with(other)).orElseThrow();
    }

    /** Returns the bytes that a batch allocates, rounded to a tenth. JMH allocates a few thousand bytes itself; per batch, that is less. */
    private double bytes(Case c) throws RunnerException {
        RunResult result = run(options(c)
                .addProfiler(GCProfiler.class)
                .measurementTime(TimeValue.milliseconds(measureMs))
                .measurementIterations(3));
        double bytes = result.getSecondaryResults().get("gc.alloc.rate.norm").getScore();
        return Math.rint(bytes * 10) / 10;
    }
}
