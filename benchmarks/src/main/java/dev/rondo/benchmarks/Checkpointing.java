package dev.rondo.benchmarks;

import dev.rondo.Learner;
import dev.rondo.LearnerBuilder;
import dev.rondo.callback.Checkpoints;
import dev.rondo.examples.FashionMnist;
import dev.rondo.examples.OptionChecks;
import dev.rondo.loss.Losses;
import dev.rondo.nn.Layer;
import dev.rondo.torch.Devices;
import dev.rondo.torch.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rondo bench checkpoint}: what checkpoints cost a training. */
@Command(
        name = "checkpoint",
        mixinStandardHelpOptions = true,
        description =
                "Compares the training of an MLP with a checkpoint every n steps, written by the training or beside it, with none.",
        showDefaultValues = true)
final class Checkpointing extends Benchmark {
    private enum Kind {
        NONE,
        SYNC,
        ASYNC;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Mixin
    private RoundsOption rounds = new RoundsOption(11);

    @Option(names = "--every", defaultValue = "100", description = "Training steps between checkpoints.")
    private int every;

    @Option(names = "--epochs", defaultValue = "4", description = "Epochs of a training, of 188 steps each.")
    private int epochs;

    @Option(names = "--folder", description = "Folder for the checkpoints. Without it, a temporary one.")
    private Path folder;

    private final Rounds<Kind> times = new Rounds<>();

    @Override
    protected void measure() throws IOException {
        OptionChecks.requireAtLeast(1, "--every", every);
        OptionChecks.requireAtLeast(1, "--epochs", epochs);
        Torch.setThreads(1);
        if (folder != null) Files.createDirectories(folder);
        try (FashionMnist images = FashionMnist.embedded()) {
            for (Kind kind : Kind.values()) train(kind, images); // warm-up
            for (int round = 0; round < rounds.value(); round++) {
                times.begin();
                for (Kind kind : Kind.values()) times.put(kind, train(kind, images));
            }
        }
        Table table = new Table("checkpoints", "µs a step", "min–max", "over none", "min–max");
        for (Kind kind : Kind.values()) {
            Stats us = times.times(kind).orElseThrow(),
                    ratio = times.ratio(kind, Kind.NONE).orElseThrow();
            table.row(kind, us.median(), us.spread(), ratio.median(), ratio.spread());
        }
        print(table);
        for (Kind kind : new Kind[] {Kind.SYNC, Kind.ASYNC}) {
            key(kind + "_over_none", times.ratio(kind, Kind.NONE).orElseThrow().median());
        }
    }

    /** The mean time of a step, in µs: of the training parts of all epochs, with what checkpoints add to them. */
    private double train(Kind kind, FashionMnist images) throws IOException {
        Torch.seed(1);
        Path temporary = folder == null
                ? Files.createTempDirectory("rondo-checkpoints")
                : Files.createTempDirectory(folder, "rondo-checkpoints");
        StepClock clock = new StepClock(0, epochs);
        try (Layer model = Workload.MLP.createModel();
                Learner learner = learner(images, model, clock)) {
            Checkpoints checkpoints = new Checkpoints(temporary.resolve("run")).everySteps(every);
            if (kind != Kind.NONE) learner.add(kind == Kind.ASYNC ? checkpoints.async() : checkpoints);
            learner.fit(epochs);
            return Stats.of(clock.epochs()).mean() / clock.batches();
        } finally {
            delete(temporary);
        }
    }

    private static Learner learner(FashionMnist images, Layer model, StepClock clock) {
        LearnerBuilder builder = Learner.builder(images.loaders(64, 1, Devices.cpu()), model, Losses.crossEntropy());
        return builder.optimizer(Workload.MLP.optimizer())
                .lr(Workload.MLP.lr)
                .progress(false)
                .callbacks(clock)
                .build();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }
}
