package dev.rondo.benchmarks;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.rondo.examples.OptionChecks;
import dev.rondo.examples.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rondo bench all}: runs every benchmark, one after the other. */
@Command(
        name = "all",
        mixinStandardHelpOptions = true,
        description = "Runs all benchmarks and writes their figures into one file.")
final class All implements Callable<Integer> {
    /**
     * A benchmark with its options.
     *
     * @param name the key of its figures in the file
     * @param quickOptions the options of a smoke test
     */
    private record Run(String name, List<String> command, List<String> quickOptions) {}

    private static final List<Run> RUNS = List.of(
            new Run("optim", List.of("optim"), List.of("--rounds", "3", "--steps", "20")),
            new Run(
                    "dispatch",
                    List.of("dispatch"),
                    List.of("--rounds", "1", "--warmup-ms", "200", "--measure-ms", "100")),
            new Run("startup", List.of("startup"), List.of("--rounds", "1")),
            new Run("memory", List.of("memory"), List.of("--steps", "20000")),
            new Run("checkpoint", List.of("checkpoint"), List.of("--rounds", "1", "--epochs", "1")),
            new Run(
                    "processor",
                    List.of("processor"),
                    List.of("--rounds", "1", "--classes", "100", "--from", "50", "--to", "200")),
            new Run("peers-mlp", List.of("peers", "--model", "mlp"), List.of("--rounds", "1", "--epochs", "1")),
            new Run("peers-cnn", List.of("peers", "--model", "cnn"), List.of("--rounds", "1", "--epochs", "1")));

    /** The names of all runs, for the help text. */
    static final class Names extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Names() {
            super(RUNS.stream().map(Run::name).toList());
        }
    }

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "File to write the figures to: one JSON object per benchmark, with its keys.")
    private Path json;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "NAME",
            description = "Runs only these benchmarks: ${COMPLETION-CANDIDATES}.",
            completionCandidates = Names.class)
    private List<String> only = List.of();

    @Option(names = "--quick", description = "Makes every run short, as a smoke test. The figures then mean nothing.")
    private boolean quick;

    @Override
    public Integer call() throws IOException {
        OptionChecks.requireKnown("benchmark", only, new Names());
        Map<String, Map<String, String>> figures = new LinkedHashMap<>();
        int status = 0;
        for (Run run : RUNS) {
            if (!only.isEmpty() && !only.contains(run.name)) continue;
            spec.commandLine().getOut().println("\n== " + run.name);
            CommandLine commandLine = newCommandLine();
            int exitStatus = commandLine.execute(arguments(run));
            status = Math.max(status, exitStatus);
            Benchmark benchmark =
                    commandLine.getSubcommands().get(run.command.get(0)).getCommand();
            if (exitStatus == 0) figures.put(run.name, benchmark.keys());
        }
        if (json != null) write(figures);
        return status;
    }

    /** Creates a command line with new benchmark objects, because one of the benchmarks runs twice. */
    private CommandLine newCommandLine() {
        return Main.commandLine()
                .setOut(spec.commandLine().getOut())
                .setErr(spec.commandLine().getErr());
    }

    private String[] arguments(Run run) {
        List<String> arguments = new ArrayList<>(run.command);
        if (quick) arguments.addAll(run.quickOptions);
        return arguments.toArray(String[]::new);
    }

    private void write(Map<String, Map<String, String>> figures) throws IOException {
        Map<String, Map<String, Double>> numbers = new LinkedHashMap<>();
        figures.forEach((name, keys) -> {
            Map<String, Double> values = new LinkedHashMap<>();
            keys.forEach((key, value) -> values.put(key, Double.valueOf(value)));
            numbers.put(name, values);
        });
        try {
            Files.writeString(
                    json, JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(numbers) + "\n");
        } catch (IOException e) {
            throw new UserException("Cannot write " + json + ": " + UserException.reason(e) + ".", e);
        }
    }
}
