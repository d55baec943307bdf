package dev.rondo.loss;

import dev.rondo.check.Range;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Focal loss: (1−p)^γ·(−log p), where p is the probability of the target class, so that well-classified samples count less. Logits are (N,
 * classes, …), targets are class numbers (N, …).
 *
 * @see <a href="https://arxiv.org/abs/1708.02002">Lin et al. 2017</a>
 * @see <a href="https://docs.fast.ai/losses.html#focallossflat">fastai, FocalLossFlat</a>
 */
public final class Focal extends ClassLoss {
    /** The lower bound of 1−p. At 0, powers below 1 have no finite gradient. */
    private static final double MIN_COMPLEMENT = 1e-8;

    private final double gamma;

    Focal(double gamma) {
        this(Reduction.MEAN, CLASSES, null, gamma);
    }

    private Focal(Reduction reduction, int axis, @Nullable Tensor weight, double gamma) {
        super("focal", reduction, axis, weight);
        this.gamma = Range.NOT_NEGATIVE.check("The gamma of a focal loss", gamma);
    }

    /** Returns a copy with a weight for each class, the paper's α: (classes). By default 1. */
    public Focal withWeight(Tensor weight) {
        return new Focal(reduction(), axis(), finite("weight", weight), gamma);
    }

    /** Returns a copy with another dimension of the classes; a negative one counts from the end. By default 1. */
    public Focal withAxis(int axis) {
        return new Focal(reduction(), axis, weight(), gamma);
    }

    @Override
    public Focal withReduction(Reduction reduction) {
        return new Focal(reduction, axis(), weight(), gamma);
    }

    @Override
    Tensor loss(Tensor logits, Tensor y) {
        Tensor entropy = entropy(logits, y, new TensorOptional());
        Tensor complement = entropy.neg().expm1().neg().clamp_min(new Scalar(MIN_COMPLEMENT)); // 1−p
        Tensor weighted = weight() == null ? entropy : entropy(logits, y, like(logits, weight()));
        return reduction().of(complement.pow(new Scalar(gamma)).mul(weighted));
    }

    private static Tensor entropy(Tensor logits, Tensor y, TensorOptional weight) {
        return torch.cross_entropy_loss(logits, y, weight, Reduction.NONE.ordinal(), NOTHING_IGNORED, 0);
    }

    @Override
    String options() {
        return "gamma=" + gamma + ", " + super.options();
    }
}
