package dev.rondo.benchmarks;

import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code rondo bench startup}: measures the time from the command to the end of a process that trains one batch. */
@Command(
        name = "startup",
        mixinStandardHelpOptions = true,
        description =
                "Measures the seconds from the command to the end of a process that trains one batch. Natives are extracted before.",
        showDefaultValues = true)
final class Startup extends Benchmark {
    @Mixin
    private RoundsOption rounds = new RoundsOption(5);

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Rounds<String> times = new Rounds<>();

    @Override
    protected void measure() throws IOException {
        Program batch = command("train", "fashion-mnist", "--max-batches", "1");
        Program version = command("--version");
        batch.run(LIMIT); // builds Rondo, archives classes and extracts natives, where missing
        for (int round = 0; round < rounds.value(); round++) {
            times.begin();
            times.put("first batch", seconds(batch));
            times.put("launcher and JVM alone", seconds(version));
        }
        Table table = new Table("until", "s", "min–max");
        for (String what : new String[] {"first batch", "launcher and JVM alone"}) {
            Stats s = times.times(what).orElseThrow();
            table.row(what, s.median(), s.spread());
        }
        print(table);
        key("first_batch_s", times.times("first batch").orElseThrow().median());
        key("launcher_s", times.times("launcher and JVM alone").orElseThrow().median());
    }

    private static Program command(String... args) {
        String[] command = new String[args.length + 1];
        command[0] = RondoHome.launcher().toString();
        System.arraycopy(args, 0, command, 1, args.length);
        return Program.of(command);
    }

    private static double seconds(Program program) throws IOException {
        long start = System.nanoTime();
        program.run(LIMIT);
        return (System.nanoTime() - start) / 1e9;
    }
}
