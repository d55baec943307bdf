package dev.rondo.examples;

import dev.rondo.CheckpointMismatchException;
import dev.rondo.Learner;
import dev.rondo.LearnerBuilder;
import dev.rondo.ModelFile;
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
import java.util.TreeMap;
import java.util.concurrent.Callable;
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
            description =
                    "Folder for metrics.jsonl, which gets one line per epoch, for model.safetensors, the trained model, and for checkpoints.")
    private Path out;

    @Mixin
    private CheckpointOptions checkpoints = new CheckpointOptions();

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
        try (FashionMnist images = data.load();
                Layer model = Models.create(modelName);
                Learner learner = learner(data.loaders(images, device), model);
                StopSignals signals = new StopSignals(learner::stop)) {
            OutputFiles files = out == null ? null : new OutputFiles(out);
            train(learner, files);
            if (learner.stopped()) {
                System.err.println("Stopped in epoch " + learner.epoch()
                        + (files == null ? "." : "; --resume goes on from there."));
                return signals.status();
            }
            if (files != null) ModelFile.save(files.model(), model);
            return 0;
        } catch (CheckpointMismatchException | UncheckedIOException e) {
            throw new UserException(e.getMessage(), e);
        }
    }

    private void train(Learner learner, OutputFiles files) {
        boolean goesOn = false;
        if (files != null) {
            files.prepare(checkpoints.resumes());
            learner.add(new MetricsFile(files.metrics()));
            goesOn = checkpoints.apply(learner, files.checkpoints());
        }
        if (profile) fitWithProfile(learner, goesOn);
        else fit(learner, goesOn);
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
        checkpoints.check(out);
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
        LearnerBuilder builder = Learner.builder(loaders, model, Losses.crossEntropy())
                .optimizer(Optimizers.adamW())
                .metrics(Metrics.accuracy())
                .lr(lr);
        settings().forEach(builder::setting);
        Learner learner = builder.build();
        if (!oneCycle) learner.add(new LinearDecay(lr));
        if (earlyStop != null) learner.add(new EarlyStopping(Monitor.VALID_LOSS, earlyStop));
        if (accumulate != null && accumulate > data.batchSize())
            learner.add(new GradientAccumulation(accumulate).withFlush());
        if (clip != null) learner.add(new GradientClip(clip));
        if (maxBatches != null) learner.add(new StopAfter(maxBatches));
        if (mixup != null) learner.add(new MixUp(mixup, data.seed()));
        return learner.precision(Precision.valueOf(precision.toUpperCase(Locale.ROOT)));
    }

    /** The options that decide what is trained. */
    private Map<String, Object> settings() {
        Map<String, Object> settings = new TreeMap<>();
        settings.put("DATASET", dataset);
        settings.put("--data", data.folder().map(Path::toString).orElse("built-in"));
        settings.put("--model", modelName);
        settings.put("--lr", lr);
        settings.put("--seed", data.seed());
        settings.put("--precision", precision);
        settings.put("--one-cycle", oneCycle);
        Map<String, Object> optional = new TreeMap<>();
        optional.put("--mixup", mixup);
        optional.put("--early-stop", earlyStop);
        optional.put("--accumulate", accumulate);
        optional.put("--clip", clip);
        optional.put("--max-batches", maxBatches);
        optional.forEach((name, value) -> settings.put(name, value == null ? "none" : value));
        return settings;
    }

    private void fitWithProfile(Learner learner, boolean goesOn) {
        try (Profile profile = new Profile()) {
            fit(learner, goesOn);
            System.out.print(profile.table());
        }
    }

    private void fit(Learner learner, boolean goesOn) {
        if (lrFind && !goesOn) {
            LrSearch search = learner.lrFind();
            if (learner.stopped()) return;
            printSuggestions(search);
        }
        if (oneCycle) learner.fitOneCycle(epochs);
        else learner.fit(epochs);
    }

    private void printSuggestions(LrSearch search) {
        Map<String, Double> suggestions = search.suggestions();
        suggestions.forEach((name, lr) -> System.out.printf(Locale.ROOT, "lr-find %-8s %.2e%n", name, lr));
        if (suggestions.isEmpty()) {
            System.out.println("lr-find suggests nothing: the search ended after batch "
                    + search.measured().size() + ", too early to see where the loss falls.");
        }
        if (out == null) return;
        Path plot = new OutputFiles(out).lrFind();
        try {
            OutputFiles.keepExisting(plot);
            search.plot(plot);
        } catch (IOException e) {
            throw new UserException("--lr-find cannot replace " + plot + ": " + UserException.reason(e) + ".", e);
        } catch (UncheckedIOException | IllegalStateException e) {
            throw new UserException("--lr-find: " + e.getMessage(), e);
        }
    }
}
