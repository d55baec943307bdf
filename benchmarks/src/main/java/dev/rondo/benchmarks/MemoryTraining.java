package dev.rondo.benchmarks;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.rondo.Learner;
import dev.rondo.ProgressCallback;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.On;
import dev.rondo.data.DataLoaders;
import dev.rondo.data.TensorLoader;
import dev.rondo.event.Event;
import dev.rondo.loss.Losses;
import dev.rondo.metric.Metrics;
import dev.rondo.nn.Layer;
import dev.rondo.nn.Linear;
import dev.rondo.nn.ReLU;
import dev.rondo.nn.Sequential;
import dev.rondo.optim.Optimizers;
import dev.rondo.torch.Handles;
import dev.rondo.torch.Torch;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Trains a small model for many steps and observes the process. {@link #main} does so in a separate JVM. */
final class MemoryTraining {
    /** Steps per epoch. */
    static final int STEPS_PER_EPOCH = 1000;

    private static final int BATCH_SIZE = 8, FEATURES = 8, CLASSES = 2;

    private MemoryTraining() {}

    /** @param args the number of steps */
    public static void main(String[] args) throws IOException {
        System.out.println(JSON.std.asString(run(Integer.parseInt(args[0]))));
    }

    /** Trains and returns the observations by name. Memory is in MiB. */
    static Map<String, Object> run(int steps) {
        Torch.setThreads(1);
        Torch.seed(1);
        int epochs = steps / STEPS_PER_EPOCH;
        MemoryWatch watch = new MemoryWatch(epochs / 10);
        long start = System.nanoTime();
        try (Tensor x = inputs(STEPS_PER_EPOCH * BATCH_SIZE);
                Tensor y = targets(x);
                Layer model = new Sequential(new Linear(FEATURES, 16), new ReLU(), new Linear(16, CLASSES));
                PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
                Learner learner = Learner.builder(loaders(x, y), model, Losses.crossEntropy())
                        .optimizer(Optimizers.adamW())
                        .metrics(Metrics.accuracy())
                        .progress(false)
                        .callbacks(new ProgressCallback().withoutBar().withOutput(nowhere), watch)
                        .build()) {
            learner.fit(epochs);
        }
        watch.observations.put("us_a_step", (System.nanoTime() - start) / 1e3 / steps);
        return watch.observations;
    }

    private static Tensor inputs(long n) {
        try (PointerScope temporary = new PointerScope()) {
            return Handles.own(torch.randn(n, FEATURES));
        }
    }

    /** Returns the labels: whether the sum of the inputs is above 0. */
    private static Tensor targets(Tensor x) {
        try (PointerScope temporary = new PointerScope()) {
            return Handles.own(x.sum(1).gt(new Scalar(0)).to(ScalarType.Long));
        }
    }

    private static DataLoaders loaders(Tensor x, Tensor y) {
        return new DataLoaders(
                TensorLoader.of(x, y).batchSize(BATCH_SIZE).shuffle(1).build(),
                TensorLoader.of(x, y).batchSize(STEPS_PER_EPOCH).build());
    }

    /** Observes the process after each epoch, when no batch is in use or in preparation. */
    @Callback(order = 1e9)
    static final class MemoryWatch {
        private final Map<String, Object> observations = new LinkedHashMap<>();
        private final int warmupEpochs;
        private long maxHandles;

        /** @param warmupEpochs the number of epochs after which handles and memory should stay constant */
        MemoryWatch(int warmupEpochs) {
            this.warmupEpochs = warmupEpochs;
        }

        @On(Event.AFTER_EPOCH)
        void observe(int epoch, int nEpoch) {
            long handles = Pointer.totalCount();
            if (epoch + 1 == warmupEpochs) record("after_warmup", handles);
            if (epoch + 1 >= warmupEpochs) maxHandles = Math.max(maxHandles, handles);
            if (epoch + 1 < nEpoch) return;
            record("at_end", handles);
            observations.put("handles_at_most", maxHandles);
        }

        private void record(String when, long handles) {
            observations.put("handles_" + when, handles);
            observations.put("rss_" + when, Rss.mebibytes());
        }
    }
}
