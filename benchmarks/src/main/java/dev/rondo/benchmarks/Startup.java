package dev.rondo.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rondo bench startup}: how long a user waits for the first batch. */
@Command(
        name = "startup",
        mixinStandardHelpOptions = true,
        description =
                "Seconds from the start of ./rondo train to the end of the first batch; natives extracted before.",
        showDefaultValues = true)
final class Startup extends Benchmark {
    private static final Duration LIMIT = Duration.ofMinutes(20);
    /** When the JVM started and when the batch ended, in milliseconds since 1970. */
    private static final Pattern SAID = Pattern.compile("(?m)^(\\d+) (\\d+)$");

    @Option(names = "--rounds", defaultValue = "10", description = "Starts of each model, in turn.")
    private int rounds;

    private enum Part {
        SCRIPT,
        JVM,
        ALL
    }

    private record Case(Workload model, Part part) {}

    private final Rounds<Case> times = new Rounds<>();

    @Override
    protected void measure() throws IOException {
        for (Workload model : Workload.values()) start(model); // builds and extracts what is missing
        for (int round = 1; round <= rounds; round++) {
            times.begin();
            for (Workload model : Workload.values()) measure(model, round);
        }
        Table table = new Table("first batch of", "s", "min–max", "of that the launcher", "and the JVM");
        for (Workload model : Workload.values()) {
            Stats all = of(model, Part.ALL);
            table.row(
                    model,
                    all.median(),
                    all.spread(),
                    of(model, Part.SCRIPT).median(),
                    of(model, Part.JVM).median());
        }
        print(table);
        key("first_batch_s", of(Workload.MLP, Part.ALL).median());
        key("first_batch_jvm_s", of(Workload.MLP, Part.JVM).median());
        key("first_batch_cnn_s", of(Workload.CNN, Part.ALL).median());
    }

    private Stats of(Workload model, Part part) {
        return times.times(new Case(model, part)).orElseThrow();
    }

    private void measure(Workload model, int round) throws IOException {
        long asked = Instant.now().toEpochMilli();
        Matcher said = start(model);
        long jvm = Long.parseLong(said.group(1)), ended = Long.parseLong(said.group(2));
        times.put(new Case(model, Part.SCRIPT), (jvm - asked) / 1e3);
        times.put(new Case(model, Part.JVM), (ended - jvm) / 1e3);
        times.put(new Case(model, Part.ALL), (ended - asked) / 1e3);
        progress("round %d  %s  %.3f s", round, model, (ended - asked) / 1e3);
    }

    private static Matcher start(Workload model) throws IOException {
        String said = Program.of(
                        Home.launcher().toString(),
                        "train",
                        "fashion-mnist",
                        "--model",
                        model.toString(),
                        "--first-batch")
                .run(LIMIT);
        Matcher matcher = SAID.matcher(said);
        if (!matcher.find()) throw new IOException("The training does not say when its first batch ended:\n" + said);
        return matcher;
    }
}
