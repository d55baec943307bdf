package dev.rondo.loss;

import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/** A loss of logits with class numbers as targets. */
abstract class ClassLoss extends ReducedLoss {
    /** PyTorch's dimension of the classes. */
    static final int CLASSES = 1;

    private final int axis;
    private final @Nullable Tensor weight;

    /**
     * @param axis the dimension of the classes in the logits; a negative one counts from the end
     * @param weight a factor for each class
     */
    ClassLoss(String name, Reduction reduction, int axis, @Nullable Tensor weight) {
        super(name, reduction);
        this.axis = axis;
        this.weight = weight;
    }

    final int axis() {
        return axis;
    }

    final @Nullable Tensor weight() {
        return weight;
    }

    /** True: the targets are class numbers. */
    @Override
    public final boolean classNumbers() {
        return true;
    }

    /** Softmax over the classes. */
    @Override
    public final Tensor activation(Tensor pred) {
        checkAxis(pred);
        if (!pred.is_floating_point()) throw wrong("takes logits of a float type, not " + type(pred));
        return torch.softmax(pred, axis);
    }

    /** The most likely class. */
    @Override
    public final Tensor decodes(Tensor activated) {
        checkAxis(activated);
        return activated.argmax(new LongOptional(axis), false);
    }

    @Override
    final Tensor of(Tensor pred, Tensor y) {
        Tensor logits = classesSecond(pred);
        check(pred, logits, y);
        try {
            return loss(logits, classNumbers(y));
        } catch (RuntimeException e) {
            throw unknownClass(e) ? wrong("takes class numbers from 0 to " + (logits.size(CLASSES) - 1)) : e;
        }
    }

    /** Whether libtorch reported a class number that is out of range. It does so on the CPU only. */
    private static boolean unknownClass(RuntimeException e) {
        String said = e.getMessage();
        return said != null && said.startsWith("Target ") && said.contains("is out of bounds");
    }

    /**
     * Computes the loss.
     *
     * @param logits (N, classes, …)
     * @param y (N, …), int64
     */
    abstract Tensor loss(Tensor logits, Tensor y);

    private Tensor classesSecond(Tensor pred) {
        long dimensions = pred.dim();
        if (dimensions < 2) throw wrong("takes logits (N, classes, …), not " + shape(pred));
        checkAxis(pred);
        long position = axis < 0 ? axis + dimensions : axis;
        return position == CLASSES ? pred : pred.movedim(position, CLASSES);
    }

    private void checkAxis(Tensor pred) {
        long dimensions = pred.dim();
        if (axis >= dimensions || axis < -dimensions) {
            throw wrong("has its classes in dimension " + axis + ", which logits " + shape(pred) + " do not have");
        }
        if (pred.size(axis) == 0) throw wrong("takes logits of at least one class, not " + shape(pred));
    }

    private void check(Tensor pred, Tensor logits, Tensor y) {
        long[] items = y.shape(), all = logits.shape();
        boolean fits = items.length == all.length - 1;
        for (int i = 0; fits && i < items.length; i++) fits = items[i] == all[i < CLASSES ? i : i + 1];
        if (!fits) throw wrongShapes("takes a class number for each row of logits", pred, y);
        if (weight != null) stillOpen(weight);
        if (weight != null && (weight.dim() != 1 || weight.size(0) != all[CLASSES])) {
            throw wrong("takes a weight for each of " + all[CLASSES] + " classes, not " + shape(weight));
        }
    }

    private Tensor classNumbers(Tensor y) {
        return switch (type(y)) {
            case Long -> y;
            case Byte, Char, Short, Int -> y.to(ScalarType.Long);
            default -> throw wrong("takes class numbers of an integer type, not " + type(y));
        };
    }
}
