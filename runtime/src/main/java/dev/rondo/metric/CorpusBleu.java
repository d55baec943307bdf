package dev.rondo.metric;

import dev.rondo.torch.DeviceWait;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** BLEU of all sequences of a phase, from runs of one to four words. Keeps the predicted and the actual words. */
final class CorpusBleu extends RowsMetric {
    private static final int LONGEST = 4;

    /** The sequences of a batch and their lengths. */
    private record Shape(int sequences, int predicted, int actual) {}

    private final List<Shape> shapes = new ArrayList<>();

    @Override
    public String name() {
        return "corpus_bleu";
    }

    @Override
    public Optional<Direction> direction() {
        return Optional.of(Direction.LARGER_IS_BETTER);
    }

    @Override
    public void reset() {
        super.reset();
        shapes.clear();
    }

    @Override
    public void accumulate(Tensor pred, List<Tensor> yb) {
        Tensor y = Targets.first(name(), pred, yb);
        if (y.numel() == 0) return;
        if (pred.dim() != 3 || y.dim() != 2 || pred.size(0) != y.size(0) || pred.numel() == 0) {
            throw new IllegalArgumentException(name()
                    + " takes logits (N, length, words) and word numbers (N, length), not "
                    + Arrays.toString(pred.shape()) + " and " + Arrays.toString(y.shape()) + ".");
        }
        try (PointerScope temporary = new PointerScope()) {
            preds.add(pred.argmax(new LongOptional(2), false).flatten());
            targets.add(y.to(ScalarType.Long).flatten());
        }
        shapes.add(new Shape((int) y.size(0), (int) pred.size(1), (int) y.size(1)));
    }

    @Override
    public OptionalDouble value() {
        if (shapes.isEmpty()) return OptionalDouble.empty();
        long[] predicted = read(preds), actual = read(targets);
        double[] hits = new double[LONGEST];
        long[] runs = new long[LONGEST];
        int p = 0, a = 0;
        for (Shape shape : shapes) {
            for (int i = 0; i < shape.sequences; i++) {
                add(
                        Arrays.copyOfRange(predicted, p, p += shape.predicted),
                        Arrays.copyOfRange(actual, a, a += shape.actual),
                        hits,
                        runs);
            }
        }
        double product = 1;
        for (int n = 0; n < LONGEST; n++) product *= hits[n] / runs[n];
        if (runs[LONGEST - 1] == 0) return OptionalDouble.empty();
        double brevity = Math.min(1, Math.exp(1 - (double) actual.length / predicted.length));
        return OptionalDouble.of(brevity * Math.pow(product, 1. / LONGEST));
    }

    private static long[] read(Rows rows) {
        try (DeviceWait read = DeviceWait.of("metric");
                PointerScope temporary = new PointerScope()) {
            LongBuffer buffer = rows.all().cpu().createBuffer();
            long[] words = new long[buffer.remaining()];
            buffer.get(words);
            return words;
        }
    }

    /** Adds the runs of a predicted sequence, and those of them that occur in the actual one. If none does, a half, a quarter, … does. */
    private static void add(long[] predicted, long[] actual, double[] hits, long[] runs) {
        double smooth = 1;
        for (int n = 1; n <= LONGEST; n++) {
            Map<List<Long>, Integer> there = runs(actual, n);
            int found = 0;
            for (Map.Entry<List<Long>, Integer> run : runs(predicted, n).entrySet()) {
                found += Math.min(run.getValue(), there.getOrDefault(run.getKey(), 0));
            }
            if (found == 0) smooth /= 2;
            hits[n - 1] += found == 0 ? smooth : found;
            runs[n - 1] += Math.max(0, predicted.length - n + 1);
        }
    }

    private static Map<List<Long>, Integer> runs(long[] words, int n) {
        Map<List<Long>, Integer> runs = new HashMap<>();
        for (int i = 0; i + n <= words.length; i++) {
            runs.merge(Arrays.stream(words, i, i + n).boxed().toList(), 1, Integer::sum);
        }
        return runs;
    }
}
