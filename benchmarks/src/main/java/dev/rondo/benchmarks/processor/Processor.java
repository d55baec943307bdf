package dev.rondo.benchmarks.processor;

import dev.rondo.benchmarks.Benchmark;
import dev.rondo.benchmarks.InProcessOption;
import dev.rondo.benchmarks.Program;
import dev.rondo.benchmarks.Rounds;
import dev.rondo.benchmarks.RoundsOption;
import dev.rondo.benchmarks.Stats;
import dev.rondo.benchmarks.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rondo bench processor}: measures the time that the annotation processor adds to a compilation, and how it grows. */
@Command(
        name = "processor",
        mixinStandardHelpOptions = true,
        description =
                "Compares the compile time of callback classes with that of a processor that writes the same files without checks.",
        showDefaultValues = true)
public final class Processor extends Benchmark {
    @Mixin
    private RoundsOption rounds = new RoundsOption(5);

    @Mixin
    private InProcessOption inProcess;

    /** One row of the table. A warm case has compiled the smallest set before in the same JVM. */
    private record Case(int classes, Kind kind, boolean warm) {
        @Override
        public String toString() {
            return classes + " classes, " + kind.label + (warm ? ", warm" : "");
        }
    }

    private enum Kind {
        RONDO("rondo"),
        /** Without the checks of bodies. */
        SIGNATURES("rondo, bodies off"),
        MINIMAL("minimal");

        private final String label;

        Kind(String label) {
            this.label = label;
        }
    }

    private static final String BODIES_OFF = "-Arondo.bodies=off";

    private static final String CLASSES = "classes";

    @Option(names = "--classes", defaultValue = "1000", description = "Number of classes for the ratio.")
    private int classes;

    @Option(names = "--from", defaultValue = "500", description = "Smaller number of classes for the growth.")
    private int from;

    @Option(names = "--to", defaultValue = "4000", description = "Larger number of classes for the growth.")
    private int to;

    private final Rounds<Case> wall = new Rounds<>();
    private final Rounds<Case> cpu = new Rounds<>();
    private Path workFolder;

    @Override
    protected void measure() throws IOException {
        workFolder = Files.createTempDirectory("rondo-bench");
        try {
            for (int n : new int[] {classes, from, to}) prepare(n);
            List<Case> cases = List.of(
                    new Case(classes, Kind.RONDO, false),
                    new Case(classes, Kind.SIGNATURES, false),
                    new Case(classes, Kind.MINIMAL, false),
                    new Case(from, Kind.RONDO, true),
                    new Case(from, Kind.MINIMAL, true),
                    new Case(to, Kind.RONDO, true),
                    new Case(to, Kind.MINIMAL, true));
            for (int round = 1; round <= rounds.value(); round++) runRound(round, cases);
            report(cases);
        } finally {
            Compilation.clear(workFolder);
            Files.delete(workFolder);
        }
    }

    private Path sources(int n) {
        return workFolder.resolve("sources" + n);
    }

    /** Returns the folder with the files that the processor wrote for so many classes. */
    private Path generated(int n) {
        return workFolder.resolve("generated" + n);
    }

    /** Writes the sources, and keeps the files that the processor writes for them. */
    private void prepare(int n) throws IOException {
        if (Files.exists(sources(n))) return;
        Sources.write(sources(n), n);
        compile(sources(n).toString(), "");
        Path out = workFolder.resolve(CLASSES);
        try (Stream<Path> files = Files.walk(out)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (file.toString().endsWith(".class")) continue;
                Path to = generated(n).resolve(out.relativize(file));
                Files.createDirectories(to.getParent());
                Files.move(file, to);
            }
        }
    }

    private void runRound(int round, List<Case> cases) throws IOException {
        wall.begin();
        cpu.begin();
        for (Case c : cases) {
            List<String> args = new ArrayList<>();
            if (c.warm) args.addAll(inputs(from, c.kind));
            args.addAll(inputs(c.classes, c.kind));
            Compilation.Times times = compile(args.toArray(String[]::new));
            wall.put(c, times.wall());
            cpu.put(c, times.cpu());
            progress("round %d  %-28s %6.2f s, %6.2f s of CPU time", round, c, times.wall(), times.cpu());
        }
    }

    private List<String> inputs(int n, Kind kind) {
        String how =
                switch (kind) {
                    case RONDO -> "";
                    case SIGNATURES -> BODIES_OFF;
                    case MINIMAL -> generated(n).toString();
                };
        return List.of(sources(n).toString(), how);
    }

    private Compilation.Times compile(String... inputs) throws IOException {
        String[] args = Stream.concat(Stream.of(workFolder.resolve(CLASSES).toString()), Stream.of(inputs))
                .toArray(String[]::new);
        if (inProcess.isSet()) return Compilation.run(args);
        String[] times = Program.java(Compilation.class, List.of("-Xmx2g"), args)
                .lastLine(Duration.ofHours(1))
                .split(" ");
        return new Compilation.Times(Double.parseDouble(times[0]), Double.parseDouble(times[1]));
    }

    private void report(List<Case> cases) {
        Table table =
                new Table("compilation of", "s", "min–max", "CPU, s", "over minimal", "min–max", "CPU over minimal");
        for (Case c : cases) {
            Case minimal = new Case(c.classes, Kind.MINIMAL, c.warm);
            Stats ratio = wall.ratio(c, minimal).orElseThrow();
            table.row(
                    c,
                    wall.times(c).orElseThrow().median(),
                    wall.times(c).orElseThrow().spread(),
                    cpu.times(c).orElseThrow().median(),
                    ratio.median(),
                    ratio.spread(),
                    cpu.ratio(c, minimal).orElseThrow().median());
        }
        print(table);
        Case ours = new Case(classes, Kind.RONDO, false), minimal = new Case(classes, Kind.MINIMAL, false);
        Case signatures = new Case(classes, Kind.SIGNATURES, false);
        key("ratio", wall.ratio(ours, minimal).orElseThrow().median());
        key("ratio_of_cores", cpu.ratio(ours, minimal).orElseThrow().median());
        key("bodies_ratio", wall.ratio(ours, signatures).orElseThrow().median());
        key("bodies_ratio_of_cores", cpu.ratio(ours, signatures).orElseThrow().median());
        key("growth", growth(wall, Kind.RONDO));
        key("growth_of_cores", growth(cpu, Kind.RONDO));
        key("growth_of_minimal", growth(wall, Kind.MINIMAL));
    }

    /** Returns the time per class of the larger set over that of the smaller set. 1 means linear growth. */
    private double growth(Rounds<Case> times, Kind kind) {
        Stats ratio = times.ratio(new Case(to, kind, true), new Case(from, kind, true))
                .orElseThrow();
        return ratio.median() * from / to;
    }
}
