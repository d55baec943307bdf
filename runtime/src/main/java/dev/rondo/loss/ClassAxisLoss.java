package dev.rondo.loss;

import dev.rondo.torch.TensorText;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** A loss of logits, or other scores, of classes in one dimension. */
abstract class ClassAxisLoss extends ReducedLoss {
    /** PyTorch's dimension of the classes. */
    static final int CLASSES = 1;

    static final long NOTHING_IGNORED = -100;

    private final int axis;
    private final @Nullable Tensor weight;

    /**
     * @param axis the dimension of the classes in the predictions; a negative one counts from the end
     * @param weight a factor for each class
     */
    ClassAxisLoss(String name, Reduction reduction, int axis, @Nullable Tensor weight) {
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

    /** What the predictions are, for messages. */
    String predictions() {
        return "logits";
    }

    /** Softmax over the classes. */
    @Override
    public Tensor activation(Tensor pred) {
        checkAxis(pred);
        if (!pred.is_floating_point()) throw wrong("takes " + predictions() + " of a float type, not " + type(pred));
        return torch.softmax(pred, axis);
    }

    /** The most likely class. */
    @Override
    public final Tensor decodes(Tensor activated) {
        checkAxis(activated);
        return activated.argmax(new LongOptional(axis), false);
    }

    /** Moves the classes to PyTorch's dimension, and checks their number. */
    final Tensor classesSecond(Tensor tensor) {
        long dimensions = tensor.dim();
        if (dimensions < 2) throw wrong("takes " + predictions() + " (N, classes, …), not " + shape(tensor));
        checkAxis(tensor);
        long position = axis < 0 ? axis + dimensions : axis;
        return position == CLASSES ? tensor : tensor.movedim(position, CLASSES);
    }

    private void checkAxis(Tensor pred) {
        long dimensions = pred.dim();
        if (axis >= dimensions || axis < -dimensions) {
            throw wrong("has its classes in dimension " + axis + ", which " + predictions() + " " + shape(pred)
                    + " do not have");
        }
        if (pred.size(axis) == 0) {
            throw wrong("takes " + predictions() + " of at least one class, not " + shape(pred));
        }
    }

    /** @param classes how many there are */
    final void checkWeight(long classes) {
        if (weight != null && (weight.dim() != 1 || weight.size(0) != classes)) {
            throw wrong("takes a weight for each of " + classes + " classes, not " + shape(weight));
        }
    }

    @Override
    String options() {
        return (axis == CLASSES ? "" : "axis=" + axis + ", ")
                + (weight == null ? "" : "weight=" + TensorText.of(weight) + ", ");
    }
}
