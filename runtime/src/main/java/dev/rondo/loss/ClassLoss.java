package dev.rondo.loss;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** A loss of logits, or other scores, with class numbers as targets. */
abstract class ClassLoss extends ClassAxisLoss {
    ClassLoss(String name, Reduction reduction, int axis, @Nullable Tensor weight) {
        super(name, reduction, axis, weight);
    }

    /** True: the targets are class numbers. */
    @Override
    public final boolean classNumbers() {
        return true;
    }

    @Override
    final Tensor compute(Tensor pred, List<Tensor> yb) {
        Tensor logits = classesSecond(pred), y = yb.get(0);
        check(pred, logits, y);
        try {
            return loss(logits, longs("class numbers", y));
        } catch (RuntimeException e) {
            throw unknownClass(e) ? wrong("takes class numbers from 0 to " + (logits.size(CLASSES) - 1)) : e;
        }
    }

    /** Whether libtorch reported a class number that is out of range. It does so on the CPU only. */
    private static boolean unknownClass(RuntimeException e) {
        String said = String.valueOf(e.getMessage());
        return said.startsWith("Target ") && said.contains("is out of bounds")
                || said.startsWith("target out of range");
    }

    /**
     * Computes the loss.
     *
     * @param logits (N, classes, …)
     * @param y (N, …), int64
     */
    abstract Tensor loss(Tensor logits, Tensor y);

    private void check(Tensor pred, Tensor logits, Tensor y) {
        long[] items = y.shape(), all = logits.shape();
        boolean fits = items.length == all.length - 1;
        for (int i = 0; fits && i < items.length; i++) fits = items[i] == all[i < CLASSES ? i : i + 1];
        if (!fits) throw wrongShapes("takes a class number for each row of " + predictions(), pred, y);
        checkWeight(all[CLASSES]);
    }
}
