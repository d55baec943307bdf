package dev.rondo.benchmarks;

import dev.rondo.Learner;
import dev.rondo.ProgressCallback;
import dev.rondo.examples.FashionMnist;
import dev.rondo.examples.UserException;
import dev.rondo.loss.Losses;
import dev.rondo.metric.Metrics;
import dev.rondo.nn.Layer;
import dev.rondo.torch.Devices;
import dev.rondo.torch.Torch;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder with the four IDX files. Without it, the built-in part of the data set is used.")
    private Path data;

    @Option(names = "--model", defaultValue = "mlp", description = "Model to train: mlp or cnn.")
    private Workload model;

    @Option(names = "--epochs", defaultValue = "5", description = "Number of timed passes over the training data.")
    private int epochs;

    @Option(
            names = "--warmup-epochs",
            defaultValue = "1",
            description = "Number of passes before them that are not timed.")
    private int warmup;

    @Option(names = "--batch", defaultValue = "64", description = "Images per training batch.")
    private int batch;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of the initial weights and of shuffling.")
    private long seed;

    @Option(names = "--lr", description = "Learning rate. Without it, 0.02 for mlp and 0.001 for cnn.")
    private Double lr;

    @Option(names = "--threads", defaultValue = "1", description = "Threads per operator.")
    private int threads;

    @Override
    public Integer call() {
        require(epochs >= 1, "--epochs is " + epochs + " and must be at least 1.");
        require(warmup >= 0, "--warmup-epochs is " + warmup + " and cannot be below 0.");
        require(batch >= 1, "--batch is " + batch + " and must be at least 1.");
        Torch.setThreads(threads);
        Torch.seed(seed);
        StepClock clock = new StepClock(warmup, epochs);
        try (FashionMnist images = data == null
                        ? FashionMnist.embedded()
                        : FashionMnist.from(data, Workload.TRAIN, Workload.VALID);
                Layer net = model.net();
                Learner learner = learner(images, net, clock)) {
            learner.fit(warmup + epochs);
            spec.commandLine().getOut().println(report(learner, clock));
        }
        return 0;
    }

    private static void require(boolean fine, String otherwise) {
        if (!fine) throw new UserException(otherwise);
    }

    /** Creates a learner with the default callbacks, which prints the epochs to standard error. */
    private Learner learner(FashionMnist images, Layer net, StepClock clock) {
        return Learner.builder(images.loaders(batch, seed, Devices.cpu()), net, Losses.crossEntropy())
                .optimizer(model.optimizer())
                .lr(lr == null ? model.lr : lr)
                .metrics(Metrics.accuracy())
                .progress(false)
                .callbacks(new ProgressCallback().withoutBar().withOutput(System.err), clock)
                .build();
    }

    private String report(Learner learner, StepClock clock) {
        Stats steps = Stats.of(clock.steps()), spans = Stats.of(clock.epochs());
        return String.format(
                Locale.ROOT,
                "{\"peer\": \"rondo\", \"model\": \"%s\", \"steps\": %d, \"per_step_epoch_us\": %.2f, \"per_step_epoch_min_us\": %.2f, "
                        + "\"median_us\": %.2f, \"mean_us\": %.2f, \"p10_us\": %.2f, \"min_us\": %.2f, \"epoch_seconds_mean\": %.5f, "
                        + "\"train_loss_last_epoch\": %.5f, \"valid_accuracy\": %.4f, \"rss_mb\": %.1f}",
                model,
                steps.size(),
                spans.median() / clock.batches(),
                spans.min() / clock.batches(),
                steps.median(),
                steps.mean(),
                steps.lowTenth(),
                steps.min(),
                spans.mean() / 1e6,
                meanLoss(learner.recorder().smoothLosses(), clock.batches()),
                learner.recorder().last().orElseThrow().cells().get("accuracy"),
                Rss.mebibytes());
    }

    /**
     * Returns the mean loss of the last batches, as the peers report it. The recorder keeps smooth losses sₙ. Undoing the smoothing after the
     * training adds nothing to the time of a step: with vₙ = sₙ·(1 − βⁿ⁺¹), the loss of batch n is (vₙ − β·vₙ₋₁) / (1 − β).
     */
    static double meanLoss(double[] smooth, int batches) {
        double[] v = new double[smooth.length];
        Arrays.setAll(v, n -> smooth[n] * (1 - Math.pow(BETA, n + 1)));
        double sum = 0;
        for (int n = v.length - batches; n < v.length; n++) sum += (v[n] - (n == 0 ? 0 : BETA * v[n - 1])) / (1 - BETA);
        return sum / batches;
    }
}
