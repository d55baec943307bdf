package dev.rondo.loss;

import dev.rondo.check.Range;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Cross entropy with label smoothing: (1−ε)·NLL + ε·Σ(−log p)/classes. Logits are (N, classes, …), targets are class numbers (N, …). As in
 * fastai, class weights apply to the first term only.
 *
 * @see <a href="https://arxiv.org/abs/1512.00567">Szegedy et al. 2015</a>
 * @see <a href="https://docs.fast.ai/losses.html#labelsmoothingcrossentropy">fastai, LabelSmoothingCrossEntropy</a>
 */
public final class LabelSmoothing extends ClassLoss {
    private final double eps;

    LabelSmoothing(double eps) {
        this(Reduction.MEAN, CLASSES, null, eps);
    }

    private LabelSmoothing(Reduction reduction, int axis, @Nullable Tensor weight, double eps) {
        super("labelSmoothing", reduction, axis, weight);
        this.eps = Range.FRACTION.check("The eps of label smoothing", eps);
    }

    /** Returns a copy with a weight for each class: (classes). By default 1. */
    public LabelSmoothing withWeight(Tensor weight) {
        return new LabelSmoothing(reduction(), axis(), finite("weight", weight), eps);
    }

    /** Returns a copy with another dimension of the classes; a negative one counts from the end. By default 1. */
    public LabelSmoothing withAxis(int axis) {
        return new LabelSmoothing(reduction(), axis, weight(), eps);
    }

    @Override
    public LabelSmoothing withReduction(Reduction reduction) {
        return new LabelSmoothing(reduction, axis(), weight(), eps);
    }

    @Override
    Tensor loss(Tensor logits, Tensor y) {
        Tensor logs = torch.log_softmax(logits, CLASSES);
        Tensor ofTargets =
                torch.nll_loss_nd(logs, y, like(logs, weight()), reduction().ordinal(), NOTHING_IGNORED);
        Tensor ofAll = reduction().of(logs.sum(CLASSES)).mul(new Scalar(-eps / logs.size(CLASSES)));
        return ofTargets.mul(new Scalar(1 - eps)).add(ofAll);
    }

    @Override
    String options() {
        return "eps=" + eps + ", " + super.options();
    }
}
