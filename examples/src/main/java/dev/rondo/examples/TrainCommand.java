package dev.rondo.examples;

import dev.rondo.Learner;
import dev.rondo.Precision;
import dev.rondo.callback.EarlyStopping;
import dev.rondo.callback.GradientAccumulation;
import dev.rondo.callback.GradientClip;
import dev.rondo.callback.MixUp;
import dev.rondo.callback.Monitor;
import dev.rondo.data.DataLoaders;
import dev.rondo.loss.Losses;
import dev.rondo.metric.Metrics;
import dev.rondo.nn.Layer;
import dev.rondo.optim.Optimizers;
import dev.rondo.profile.Profile;
import dev.rondo.schedule.LrSearch;
import dev.rondo.torch.Devices;
import dev.rondo.torch.Torch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bytedeco.pytorch.Device;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rondo train fashion-mnist}: trains a model on a data set. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = "Trains a model and prints the losses and the accuracy of each epoch.",
        showDefaultValues = true)
final class TrainCommand implements Callable<Integer> {
    private static final int INTERRUPTED = 130; // 128 + SIGINT, as in shells
    private static final Set<String> PRECISIONS = Set.of("fp32", "bf16", "fp16");

    @Parameters(paramLabel = "DATASET", description = "Data set to train on: fashion-mnist.")
    private String dataset;

    @Mixin
    private DataOptions data;

    @Option(names = "--model", defaultValue = "mlp", description = "Model to train: mlp or cnn.")
    private String modelName;

    @Option(names = "--epochs", defaultValue = "8", description = "Number of passes over the training data.")
    private int epochs;

    @Option(
            names = "--lr",
            defaultValue = "2e-3",
            description =
                    "Initial learning rate of AdamW; it decays linearly to 0. With --one-cycle, the maximum learning rate.")
    private double lr;

    @Option(
            names = "--precision",
            defaultValue = "fp32",
            description =
                    "Data type of matrix products and convolutions: fp32, bf16 or fp16. On the CPU, fp16 is slow.")
    private String precision;

    @Option(
            names = "--mixup",
            paramLabel = "ALPHA",
            description =
                    "Trains on mixed pairs of images. ALPHA, above 0, is the parameter of the Beta distribution: 0.4, for example.")
    private Double mixup;

    @Option(names = "--one-cycle", description = "Schedules the learning rate and the momentum with the 1cycle policy.")
    private boolean oneCycle;

    @Option(
            names = "--lr-find",
            description =
                    "Searches for a learning rate before the training and prints suggestions. With --out, plots the search into lr-find.png.")
    private boolean lrFind;

    @Option(
            names = "--early-stop",
            paramLabel = "N",
            description = "Stops when the validation loss has not improved for N epochs.")
    private Integer earlyStop;

    @Option(
            names = "--accumulate",
            paramLabel = "N",
            description =
                    "Accumulates the gradients of several batches until they cover at least N images, then takes an optimizer step.")
    private Integer accumulate;

    @Option(names = "--clip", paramLabel = "NORM", description = "Clips the gradients to this maximum norm.")
    private Double clip;

    @Mixin
    private ThreadsOption threads = new ThreadsOption();

    @Option(names = "--device", defaultValue = "cpu", description = "Device to train on: cpu, cuda or cuda:N.")
    private String deviceName;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for metrics.jsonl, which gets one line per epoch.")
    private Path out;

    @Option(names = "--max-batches", paramLabel = "N", description = "Stops after N batches, as a smoke test.")
    private Integer maxBatches;

    @Option(
            names = "--profile",
            description =
                    "Prints a profile after the training: the time spent in parts of a batch, in handlers and in blocking reads.")
    private boolean profile;

    @Override
    public Integer call() {
        check();
        Device device = parseDevice();
        threads.apply();
        Torch.seed(data.seed());
        try (MetricsFile metricsFile = out == null ? null : new MetricsFile(out);
                FashionMnist images = data.load();
                Layer model = Models.create(modelName);
                Learner learner = learner(data.loaders(images, device), model)) {
            if (metricsFile != null) learner.add(metricsFile);
            return profile ? fitWithProfile(learner) : fit(learner);
        }
    }

    private void check() {
        OptionChecks.require(
                dataset.equals("fashion-mnist"), "There is no data set '" + dataset + "': choose fashion-mnist.");
        OptionChecks.require(
                Models.NAMES.contains(modelName), "There is no model '" + modelName + "': choose mlp or cnn.");
        OptionChecks.require(
                PRECISIONS.contains(precision), "--precision is '" + precision + "' and must be fp32, bf16 or fp16.");
        OptionChecks.requireAtLeast(1, "--epochs", epochs);
        OptionChecks.requireAtLeast(1, "--early-stop", earlyStop);
        OptionChecks.requireAtLeast(1, "--accumulate", accumulate);
        OptionChecks.requireAtLeast(1, "--max-batches", maxBatches);
        OptionChecks.requirePositiveFinite("--lr", lr);
        OptionChecks.requirePositiveFinite("--mixup", mixup);
        OptionChecks.requirePositive("--clip", clip);
        OptionChecks.requireFolder("--out", out);
        data.check();
    }

    private Device parseDevice() {
        try {
            return Devices.parse(deviceName);
        } catch (IllegalArgumentException e) {
            throw new UserException("--device: " + e.getMessage(), e);
        }
    }

    private Learner learner(DataLoaders loaders, Layer model) {
        Learner learner = Learner.builder(loaders, model, Losses.crossEntropy())
                .optimizer(Optimizers.adamW())
                .metrics(Metrics.accuracy())
                .lr(lr)
                .build();
        if (!oneCycle) learner.add(new LinearDecay(lr));
        if (earlyStop != null) learner.add(new EarlyStopping(Monitor.VALID_LOSS, earlyStop));
        if (accumulate != null && accumulate > data.batchSize())
            learner.add(new GradientAccumulation(accumulate).withFlush());
        if (clip != null) learner.add(new GradientClip(clip));
        if (maxBatches != null) learner.add(new StopAfter(maxBatches));
        if (mixup != null) learner.add(new MixUp(mixup, data.seed()));
        return learner.precision(Precision.valueOf(precision.toUpperCase(Locale.ROOT)));
    }

    private int fitWithProfile(Learner learner) {
        try (Profile profile = new Profile()) {
            int status = fit(learner);
            System.out.print(profile.table());
            return status;
        }
    }

    /** Trains the model. Ctrl-C ends the fit after the current batch. The process waits for that, so that files are complete and the terminal is restored. */
    private int fit(Learner learner) {
        StopOnRequest stop = new StopOnRequest();
        learner.add(stop);
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(() -> {
            stop.request();
            try {
                if (!ended.await(10, TimeUnit.SECONDS)) System.err.println("rondo: the batch did not end within 10 s.");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            if (lrFind) {
                LrSearch search = learner.lrFind();
                if (!stop.requested()) printSuggestions(search);
            }
            if (stop.requested()) return INTERRUPTED;
            if (oneCycle) learner.fitOneCycle(epochs);
            else learner.fit(epochs);
            if (!stop.requested()) {
                Runtime.getRuntime().removeShutdownHook(hook);
                return 0;
            }
            System.err.println("Interrupted in epoch " + learner.epoch() + "; the epochs before it are complete.");
            return INTERRUPTED;
        } finally {
            ended.countDown();
        }
    }

    private void printSuggestions(LrSearch search) {
        Map<String, Double> suggestions = search.suggestions();
        suggestions.forEach((name, lr) -> System.out.printf(Locale.ROOT, "lr-find %-8s %.2e%n", name, lr));
        if (suggestions.isEmpty()) {
            System.out.println("lr-find suggests nothing: the search ended after batch "
                    + search.measured().size() + ", too early to see where the loss falls.");
        }
        if (out == null) return;
        Path plot = out.resolve("lr-find.png");
        try {
            MetricsFile.keepExisting(plot);
            search.plot(plot);
        } catch (IOException e) {
            throw new UserException("--lr-find cannot replace " + plot + ": " + UserException.reason(e) + ".", e);
        } catch (UncheckedIOException | IllegalStateException e) {
            throw new UserException("--lr-find: " + e.getMessage(), e);
        }
    }
}
