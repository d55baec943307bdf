package dev.rondo.benchmarks;

import dev.rondo.benchmarks.dispatch.Dispatch;
import dev.rondo.benchmarks.peers.Peers;
import dev.rondo.benchmarks.processor.Processor;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line {@code rondo bench}, with the exit statuses of {@link dev.rondo.examples.Main}. */
@Command(
        name = "rondo bench",
        mixinStandardHelpOptions = true,
        description = "Measures the cost of Rondo. docs/benchmarks.md explains each benchmark.",
        subcommands = {
            All.class,
            Checkpointing.class,
            Dispatch.class,
            Memory.class,
            Optim.class,
            Peers.class,
            Processor.class,
            Startup.class,
            Train.class
        })
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        dev.rondo.examples.Main.run(commandLine(), args);
    }

    static CommandLine commandLine() {
        return dev.rondo.examples.Main.commandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Name a benchmark: " + String.join(", ", spec.subcommands().keySet()));
    }
}
