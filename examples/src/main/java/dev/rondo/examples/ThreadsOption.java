package dev.rondo.examples;

import dev.rondo.torch.Torch;
import picocli.CommandLine.Option;

/** The option {@code --threads}. */
public final class ThreadsOption {
    @Option(
            names = "--threads",
            description = "Threads per operator on the CPU. If unset, the number that suits small steps best is used.")
    private Integer threads;

    /** Creates the option without a default. */
    ThreadsOption() {}

    /** Creates the option with a default. */
    public ThreadsOption(int threads) {
        this.threads = threads;
    }

    /** Sets the number of threads, if there is one. */
    public void apply() {
        if (threads == null) return;
        try {
            Torch.setThreads(threads);
        } catch (IllegalArgumentException e) {
            throw new UserException("--threads: " + e.getMessage(), e);
        }
    }
}
