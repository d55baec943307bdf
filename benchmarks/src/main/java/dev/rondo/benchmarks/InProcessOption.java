package dev.rondo.benchmarks;

import picocli.CommandLine.Option;

/** The hidden option {@code --in-process}, for tests. */
public final class InProcessOption {
    @Option(names = "--in-process", hidden = true, description = "Runs in this JVM. The figures then mean nothing.")
    private boolean inProcess;

    public boolean isSet() {
        return inProcess;
    }
}
