package dev.rondo.benchmarks;

import dev.rondo.Learner;
import dev.rondo.ProgressCallback;
import dev.rondo.examples.FashionMnist;
import dev.rondo.examples.ThreadsOption;
import dev.rondo.loss.Losses;
import dev.rondo.metric.Metrics;
import dev.rondo.nn.Layer;
import dev.rondo.torch.Devices;
import dev.rondo.torch.Torch;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code rondo bench train}: runs the training of the peers with a learner and its default callbacks. The last line of the output is a
 * JSON object with the same fields as that of the peers.
 */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = "Runs the same training as the peers and prints the times of its steps as one JSON object.",
        showDefaultValues = true)
final class Train implements Callable<Integer> {
    /** The decay rate of the recorder's smooth loss. */
    private static final double BETA = 0.98;

    @Spec
    private CommandSpec spec;

    @Mixin
    private WorkloadOptions options = new WorkloadOptions(5);

    @Option(names = "--lr", description = "Learning rate. Without it, 0.02 for mlp and 0.001 for cnn.")
    private Double lr;

    @Mixin
    private ThreadsOption threads = new ThreadsOption(1);

    @Override
    public Integer call() {
        options.check();
        threads.apply();
        Torch.seed(options.data().seed());
        StepClock clock = new StepClock(options.warmupEpochs(), options.epochs());
        try (FashionMnist images = options.data().load(Workload.TRAIN_SIZE, Workload.VALID_SIZE);
                Layer model = options.workload().createModel();
                Learner learner = learner(images, model, clock)) {
            learner.fit(options.warmupEpochs() + options.epochs());
            spec.commandLine().getOut().println(report(learner, clock));
        }
        return 0;
    }

    /** Creates a learner with the default callbacks, which prints the epochs to standard error. */
    private Learner learner(FashionMnist images, Layer model, StepClock clock) {
        return Learner.builder(options.data().loaders(images, Devices.cpu()), model, Losses.crossEntropy())
                .optimizer(options.workload().optimizer())
                .lr(lr == null ? options.workload().lr : lr)
                .metrics(Metrics.accuracy())
                .progress(false)
                .callbacks(new ProgressCallback().withoutBar().withOutput(System.err), clock)
                .build();
    }

    private String report(Learner learner, StepClock clock) {
        Stats stepTimes = Stats.of(clock.steps()), epochTimes = Stats.of(clock.epochs());
        return String.format(
                Locale.ROOT,
                "{\"peer\": \"rondo\", \"model\": \"%s\", \"steps\": %d, \"per_step_epoch_us\": %.2f, \"per_step_epoch_min_us\": %.2f, "
                        + "\"median_us\": %.2f, \"mean_us\": %.2f, \"p10_us\": %.2f, \"min_us\": %.2f, \"epoch_seconds_mean\": %.5f, "
                        + "\"train_loss_last_epoch\": %.5f, \"valid_accuracy\": %.4f, \"rss_mb\": %.1f}",
                options.workload(),
                stepTimes.size(),
                epochTimes.median() / clock.batches(),
                epochTimes.min() / clock.batches(),
                stepTimes.median(),
                stepTimes.mean(),
                stepTimes.percentile10(),
                stepTimes.min(),
                epochTimes.mean() / 1e6,
                meanLoss(learner.recorder().smoothLosses(), clock.batches()),
                learner.recorder().last().orElseThrow().cells().get("accuracy"),
                Rss.mebibytes());
    }

    /**
     * Returns the mean loss of the last batches, as the peers report it. The recorder keeps smooth losses sₙ. Undoing the smoothing after the
     * training adds nothing to the time of a step: with vₙ = sₙ·(1 − βⁿ⁺¹), the loss of batch n is (vₙ − β·vₙ₋₁) / (1 − β).
     */
    static double meanLoss(double[] smoothLosses, int batches) {
        double[] v = new double[smoothLosses.length];
        Arrays.setAll(v, n -> smoothLosses[n] * (1 - Math.pow(BETA, n + 1)));
        double sum = 0;
        for (int n = v.length - batches; n < v.length; n++) sum += (v[n] - (n == 0 ? 0 : BETA * v[n - 1])) / (1 - BETA);
        return sum / batches;
    }
}
