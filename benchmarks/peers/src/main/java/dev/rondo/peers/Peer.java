package dev.rondo.peers;

import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Code that both Java peers share: arguments, data, clock and the result line. peer.py does the same for Python. */
final class Peer {
    static final int TRAIN_SIZE = 12_000, VALID_SIZE = 2_000, PIXELS = 784;

    final Path data;
    final String model, layout;
    final int epochs, warmupEpochs, batchSize;
    final long seed;
    final float lr;

    Peer(String[] args) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < args.length; i += 2) options.put(args[i], args[i + 1]);
        data = Path.of(options.get("--data"));
        model = options.get("--model");
        if (!model.equals("mlp") && !model.equals("cnn")) throw new IllegalArgumentException("--model mlp|cnn");
        layout = options.getOrDefault("--layout", "nchw"); // HandWritten only
        epochs = Integer.parseInt(options.getOrDefault("--epochs", "5"));
        batchSize = Integer.parseInt(options.getOrDefault("--batch", "64"));
        warmupEpochs = Integer.parseInt(options.getOrDefault("--warmup-epochs", "1"));
        seed = Long.parseLong(options.getOrDefault("--seed", "1"));
        lr = Float.parseFloat(options.getOrDefault("--lr", mlp() ? "0.02" : "1e-3"));
        batches = (TRAIN_SIZE + batchSize - 1) / batchSize;
        marks = new long[batches];
        steps = new double[epochs * batches];
        epochTimes = new double[epochs];
    }

    boolean mlp() {
        return model.equals("mlp");
    }

    /** Reads the first n images of "train" or "t10k", normalized, as n * 784 floats. */
    float[] images(String stem, int n) throws IOException {
        byte[] raw = idx(stem + "-images-idx3-ubyte.gz", 16, n * PIXELS);
        float[] x = new float[raw.length];
        for (int i = 0; i < x.length; i++) x[i] = ((raw[i] & 255) / 255f - 0.2860f) / 0.3530f;
        return x;
    }

    long[] labels(String stem, int n) throws IOException {
        byte[] raw = idx(stem + "-labels-idx1-ubyte.gz", 8, n);
        long[] y = new long[n];
        for (int i = 0; i < n; i++) y[i] = raw[i];
        return y;
    }

    private byte[] idx(String file, int header, int length) throws IOException {
        try (var in = new DataInputStream(
                new GZIPInputStream(new FileInputStream(data.resolve(file).toFile())))) {
            in.skipNBytes(header);
            byte[] b = new byte[length];
            in.readFully(b);
            return b;
        }
    }

    // ---- the clock: times steps, from one batch end to the next or from the epoch's start, and the training part of
    // epochs
    final int batches;
    private final long[] marks;
    private final double[] steps, epochTimes;
    private long start;
    private int finishedBatches, finishedEpochs;
    private double loss;

    void epochStart() {
        finishedBatches = 0;
        start = System.nanoTime();
    }

    void batchEnd() {
        marks[finishedBatches++] = System.nanoTime();
    }

    void epochEnd(double loss) {
        long end = System.nanoTime();
        this.loss = loss;
        int epoch = finishedEpochs++ - warmupEpochs;
        if (epoch < 0) return;
        epochTimes[epoch] = (end - start) / 1e3;
        for (int i = 0; i < finishedBatches; i++)
            steps[epoch * batches + i] = (marks[i] - (i == 0 ? start : marks[i - 1])) / 1e3;
    }

    void report(String peer, double accuracy) throws IOException {
        Arrays.sort(steps);
        Arrays.sort(epochTimes);
        double rss = Files.lines(Path.of("/proc/self/status"))
                        .filter(l -> l.startsWith("VmRSS"))
                        .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")))
                        .findFirst()
                        .orElse(0)
                / 1024.0;
        System.out.println(String.format(
                Locale.ROOT,
                "{\"peer\": \"%s\", \"model\": \"%s\", \"steps\": %d, \"per_step_epoch_us\": %.2f, \"per_step_epoch_min_us\": %.2f, "
                        + "\"median_us\": %.2f, \"mean_us\": %.2f, \"p10_us\": %.2f, \"min_us\": %.2f, \"epoch_seconds_mean\": %.5f, "
                        + "\"train_loss_last_epoch\": %.5f, \"valid_accuracy\": %.4f, \"rss_mb\": %.1f}",
                peer,
                model,
                steps.length,
                median(epochTimes) / batches,
                epochTimes[0] / batches,
                median(steps),
                mean(steps),
                steps[steps.length / 10],
                steps[0],
                mean(epochTimes) / 1e6,
                loss,
                accuracy,
                rss));
    }

    private static double median(double[] sorted) {
        int n = sorted.length;
        return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }

    private static double mean(double[] a) {
        return Arrays.stream(a).average().orElse(0);
    }
}
