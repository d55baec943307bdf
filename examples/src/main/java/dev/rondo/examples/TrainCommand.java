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

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder with the four IDX files. Without it, the built-in part of the data set is used.")
    private Path data;

    @Option(names = "--model", defaultValue = "mlp", description = "Model to train: mlp or cnn.")
    private String modelName;

    @Option(names = "--epochs", defaultValue = "8", description = "Number of passes over the training data.")
    private int epochs;

    @Option(names = "--batch", defaultValue = "64", description = "Images per training batch.")
    private int batchSize;

    @Option(
            names = "--lr",
            defaultValue = "2e-3",
            description =
                    "Initial learning rate of AdamW; it decays linearly to 0. With --one-cycle, the maximum learning rate.")
    private double lr;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Seed of the initial weights, of shuffling and of MixUp.")
    private long seed;

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

    @Option(
            names = "--threads",
            description =
                    "Threads per operator on the CPU. Without it, the number that suits small steps best is used.")
    private Integer threads;

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
        if (threads != null) setThreads();
        Torch.seed(seed);
        try (MetricsFile metricsFile = out == null ? null : new MetricsFile(out);
                FashionMnist images = data == null ? FashionMnist.embedded() : FashionMnist.from(data);
                Layer model = Models.create(modelName);
                Learner learner = learner(images.loaders(batchSize, seed, device), model)) {
            if (metricsFile != null) learner.add(metricsFile);
            return profile ? fitWithProfile(learner) : fit(learner);
        }
    }

    private void check() {
        require(dataset.equals("fashion-mnist"), "There is no data set '" + dataset + "': choose fashion-mnist.");
        require(Models.NAMES.contains(modelName), "There is no model '" + modelName + "': choose mlp or cnn.");
        require(epochs >= 1, "--epochs is " + epochs + " and must be at least 1.");
        require(batchSize >= 1, "--batch is " + batchSize + " and must be at least 1.");
        require(lr > 0 && lr < Double.POSITIVE_INFINITY, "--lr is " + lr + " and must be a number above 0.");
        require(PRECISIONS.contains(precision), "--precision is '" + precision + "' and must be fp32, bf16 or fp16.");
        require(
                mixup == null || mixup > 0 && mixup < Double.POSITIVE_INFINITY,
                "--mixup is " + mixup + " and must be a number above 0.");
        require(earlyStop == null || earlyStop >= 1, "--early-stop is " + earlyStop + " and must be at least 1.");
        require(accumulate == null || accumulate >= 1, "--accumulate is " + accumulate + " and must be at least 1.");
        require(maxBatches == null || maxBatches >= 1, "--max-batches is " + maxBatches + " and must be at least 1.");
        require(clip == null || clip > 0, "--clip is " + clip + " and must be a number above 0.");
        require(out == null || !out.toString().isEmpty(), "--out is empty; name a folder.");
        require(data == null || !data.toString().isEmpty(), "--data is empty; name a folder.");
    }

    private static void require(boolean valid, String message) {
        if (!valid) throw new UserException(message);
    }

    private void setThreads() {
        try {
            Torch.setThreads(threads);
        } catch (IllegalArgumentException e) {
            throw new UserException("--threads: " + e.getMessage(), e);
        }
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
        if (accumulate != null && accumulate > batchSize) learner.add(new GradientAccumulation(accumulate).withFlush());
        if (clip != null) learner.add(new GradientClip(clip));
        if (maxBatches != null) learner.add(new StopAfter(maxBatches));
        if (mixup != null) learner.add(new MixUp(mixup, seed));
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
