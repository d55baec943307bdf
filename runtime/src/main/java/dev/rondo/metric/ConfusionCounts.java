package dev.rondo.metric;

import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A {@link ConfusionMatrix} that grows on the device. It has classes² numbers, whatever the number of samples. */
final class ConfusionCounts implements AutoCloseable {
    /** The name of the counts in a saved state. */
    static final String COUNTS = "counts";

    /** The matrix row by row, with a row for each actual class. The last element counts targets that are out of range. */
    private final Sums counts = new Sums();

    private int classes;

    /**
     * Adds the decisions of a batch.
     *
     * @throws IllegalArgumentException if the number of classes is not that of earlier batches
     */
    void add(String metric, Decisions d) {
        if (classes != 0 && classes != d.classes()) {
            throw new IllegalArgumentException(
                    metric + " has counted " + classes + " classes, but this batch has " + d.classes() + ".");
        }
        classes = d.classes();
        Tensor cells = d.actual()
                .mul(new Scalar((long) classes))
                .add_(d.predicted())
                .masked_fill(d.outside(), new Scalar((long) classes * classes));
        // Not bincount, which waits for the device to get the size of its result.
        counts.on(cells, (long) classes * classes + 1)
                .scatter_add_(0, cells, torch.ones_like(cells).to(ScalarType.Double));
    }

    /**
     * The matrix so far; without classes if there was no batch. Waits for the device.
     *
     * @throws IllegalArgumentException if targets were out of range
     */
    ConfusionMatrix read(String metric) {
        double[] flat = classes == 0 ? new double[1] : counts.read();
        if (flat[flat.length - 1] != 0) throw outside(metric, (long) flat[flat.length - 1], classes);
        long[][] rows = new long[classes][classes];
        for (int i = 0; i < classes; i++) {
            for (int j = 0; j < classes; j++) rows[i][j] = (long) flat[i * classes + j];
        }
        return new ConfusionMatrix(rows);
    }

    static IllegalArgumentException outside(String metric, long targets, int classes) {
        return new IllegalArgumentException(metric + " takes the class numbers 0 to " + (classes - 1)
                + " as targets, and " + targets + (targets == 1 ? " is none of them." : " are none of them."));
    }

    /** The matrix by name; without classes, an empty map. The caller closes the copy. */
    Map<String, Tensor> state() {
        return classes == 0 ? Map.of() : SavedState.copies(Map.of(COUNTS, counts.vector()));
    }

    /** Replaces the matrix by a state, which has a number of classes that {@link #classesOf} returned. */
    void load(SavedState saved) {
        int of = classesOf(saved);
        if (of == 0) close();
        else counts.load(saved.tensor(COUNTS));
        classes = of;
    }

    /** The number of classes of a state; 0 if nothing was counted. */
    static int classesOf(SavedState saved) {
        if (saved.isEmpty()) return 0;
        long cells = saved.tensor(COUNTS, ScalarType.Double, SavedState.ANY).numel() - 1;
        int root = (int) Math.sqrt(Math.max(0, cells));
        if (root < 1 || (long) root * root != cells) throw saved.wrong(COUNTS, "a vector of classes² + 1 numbers");
        return root;
    }

    /** Resets the counts and the number of classes. */
    void reset() {
        close();
    }

    @Override
    public void close() {
        counts.close();
        classes = 0;
    }
}
