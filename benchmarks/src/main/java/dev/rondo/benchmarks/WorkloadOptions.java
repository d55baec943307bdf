package dev.rondo.benchmarks;

import dev.rondo.examples.DataOptions;
import dev.rondo.examples.OptionChecks;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of the training that Rondo and its peers run: model, epochs and data. */
public final class WorkloadOptions {
    @Option(names = "--model", defaultValue = "mlp", description = "Model to train: mlp or cnn.")
    private Workload workload;

    @Option(names = "--epochs", description = "Number of timed passes over the training data.")
    private Integer epochs;

    @Option(names = "--warmup-epochs", defaultValue = "1", description = "Number of passes before the timed ones.")
    private int warmupEpochs;

    @Mixin
    private DataOptions data;

    /** Creates the options without a default for the epochs. */
    public WorkloadOptions() {}

    /** Creates the options with a default for the epochs. */
    WorkloadOptions(int epochs) {
        this.epochs = epochs;
    }

    /** Checks the values. */
    public void check() {
        OptionChecks.requireAtLeast(1, "--epochs", epochs);
        OptionChecks.requireAtLeast(0, "--warmup-epochs", warmupEpochs);
        data.check();
    }

    public Workload workload() {
        return workload;
    }

    /** Returns the timed epochs of options with a default. */
    int epochs() {
        return epochs;
    }

    /** Returns the timed epochs, or another number if the option was not given. */
    public int epochsOrElse(int other) {
        return epochs == null ? other : epochs;
    }

    public int warmupEpochs() {
        return warmupEpochs;
    }

    public DataOptions data() {
        return data;
    }
}
