package dev.rondo.benchmarks;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.rondo.examples.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rondo bench all}: every benchmark with its usual options, one after the other. */
@Command(
        name = "all",
        mixinStandardHelpOptions = true,
        description = "Runs dispatch, optim, startup, memory, processor and peers, and writes their figures.")
final class All implements Callable<Integer> {
    private static final List<String> NAMES = List.of("dispatch", "optim", "startup", "memory", "processor", "peers");

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", paramLabel = "FILE", description = "Where the figures go, by benchmark.")
    private Path json;

    @Override
    public Integer call() {
        Map<String, Map<String, String>> figures = new LinkedHashMap<>();
        int status = 0;
        for (String name : NAMES) {
            CommandLine benchmark = spec.parent().subcommands().get(name);
            status = Math.max(status, benchmark.execute());
            figures.put(name, ((Benchmark) benchmark.getCommand()).keys());
        }
        if (json != null) write(figures);
        return status;
    }

    private void write(Map<String, Map<String, String>> figures) {
        try {
            Files.writeString(json, JSON.std.asString(figures));
        } catch (IOException e) {
            throw new UserException("Cannot write " + json + ": " + UserException.reason(e) + ".", e);
        }
    }
}
