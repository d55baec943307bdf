package dev.rondo.metric;

import dev.rondo.torch.DeviceWait;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** BLEU of all sequences of a phase, from runs of one to four words. Keeps the predicted and the actual words. */
final class CorpusBleu extends RowsMetric {
    private static final int LONGEST = 4;

    /** A row for each batch: the number of its sequences, the length of the predicted ones, that of the actual ones. On the CPU. */
    private final Rows shapes = new Rows();

    @Override
    public String name() {
        return "corpus_bleu";
    }

    @Override
    public Optional<Direction> direction() {
        return Optional.of(Direction.LARGER_IS_BETTER);
    }

    @Override
    Map<String, Rows> rows() {
        Map<String, Rows> rows = super.rows();
        rows.put("shapes", shapes);
        return rows;
    }

    @Override
    void check(SavedState saved) {
        long predicted = saved.tensor("preds", ScalarType.Long, SavedState.ANY).numel();
        long actual = saved.tensor("targets", ScalarType.Long, SavedState.ANY).numel();
        long[] shapes = read(saved.tensor("shapes", ScalarType.Long, SavedState.ANY, 3));
        for (int i = 0; i < shapes.length; i += 3) {
            predicted = without(predicted, shapes[i], shapes[i + 1]);
            actual = without(actual, shapes[i], shapes[i + 2]);
        }
        if (predicted != 0 || actual != 0) {
            throw new IllegalArgumentException(
                    "The saved 'shapes' of " + name() + " do not fit 'preds' and 'targets'.");
        }
    }

    /** What is left without a number of sequences of a length; -1, which fits nothing, if there are not so many words. */
    private static long without(long words, long sequences, long length) {
        return sequences < 1 || length < 1 || length > words / sequences ? -1 : words - sequences * length;
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
            shapes.add(torch.tensor(new long[] {y.size(0), pred.size(1), y.size(1)})
                    .unsqueeze(0));
        }
    }

    @Override
    public OptionalDouble value() {
        if (shapes.isEmpty()) return OptionalDouble.empty();
        long[] predicted = read(preds), actual = read(targets), of = read(shapes);
        double[] hits = new double[LONGEST];
        long[] runs = new long[LONGEST];
        int p = 0, a = 0;
        for (int batch = 0; batch < of.length; batch += 3) {
            for (long i = 0; i < of[batch]; i++) {
                add(
                        Arrays.copyOfRange(predicted, p, p += (int) of[batch + 1]),
                        Arrays.copyOfRange(actual, a, a += (int) of[batch + 2]),
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
        try (PointerScope temporary = new PointerScope()) {
            return read(rows.all());
        }
    }

    private static long[] read(Tensor tensor) {
        if (tensor.numel() == 0) return new long[0]; // it has no buffer
        try (DeviceWait read = DeviceWait.of("metric");
                PointerScope temporary = new PointerScope()) {
            LongBuffer buffer = tensor.cpu().contiguous().createBuffer();
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
