package dev.rondo.benchmarks;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.rondo.examples.OptionChecks;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rondo bench memory}: checks whether a long training leaks native handles or memory. */
@Command(
        name = "memory",
        mixinStandardHelpOptions = true,
        description =
                "Measures native handles and resident memory over many steps of a small model, with a fixed heap.",
        showDefaultValues = true)
final class Memory extends Benchmark {
    /** Fixes the size of the heap and touches all of it at the start, so that the heap does not grow later. */
    private static final List<String> FIXED_HEAP = List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch");

    @Mixin
    private InProcessOption inProcess;

    @Option(
            names = "--steps",
            defaultValue = "1000000",
            description = "Training steps. The first tenth is the warm-up.")
    private int steps;

    @Override
    protected void measure() throws IOException {
        OptionChecks.requireAtLeast(10 * MemoryTraining.STEPS_PER_EPOCH, "--steps", steps);
        Map<String, Object> result = inProcess.isSet() ? MemoryTraining.run(steps) : JSON.std.mapFrom(inSeparateJvm());
        double rssAfterWarmup = number(result, "rss_after_warmup"), rssAtEnd = number(result, "rss_at_end");
        Table table = new Table("after", "native handles", "RSS, MiB");
        table.row("the warm-up", result.get("handles_after_warmup"), rssAfterWarmup);
        table.row(steps + " steps", result.get("handles_at_end"), rssAtEnd);
        print(table);
        print("Maximum of handles after an epoch, from the end of the warm-up on: " + result.get("handles_at_most")
                + "; " + Table.number(number(result, "us_a_step")) + " µs per step.");
        key("handles_after_warmup", number(result, "handles_after_warmup"));
        key("handles_at_end", number(result, "handles_at_end"));
        key("rss_growth_percent", 100 * (rssAtEnd - rssAfterWarmup) / rssAfterWarmup);
    }

    private String inSeparateJvm() throws IOException {
        progress("running %d steps in a separate JVM…", steps);
        return Program.java(MemoryTraining.class, FIXED_HEAP, Integer.toString(steps))
                .lastLine(Duration.ofHours(6));
    }

    private static double number(Map<String, Object> result, String name) {
        return ((Number) result.get(name)).doubleValue();
    }
}
