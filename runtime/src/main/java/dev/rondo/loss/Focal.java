package dev.rondo.loss;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Cross entropy that counts less what is known well already: (1−p)^γ·(−log p) with p the probability of the target's class, of logits (N,
 * classes, …) against class numbers (N, …).
 *
 * @see <a href="https://arxiv.org/abs/1708.02002">Lin et al. 2017</a>
 * @see <a href="https://docs.fast.ai/losses.html#focallossflat">fastai, FocalLossFlat</a>
 */
public final class Focal extends ClassLoss {
    private static final long NOTHING_IGNORED = -100;
    /** Under this, 1−p counts as this: powers below 1 have no gradient at 0. */
    private static final double SMALLEST = 1e-8;

    private final double gamma;

    Focal(double gamma) {
        this(Reduction.MEAN, CLASSES, null, gamma);
    }

    private Focal(Reduction reduction, int axis, @Nullable Tensor weight, double gamma) {
        super("focal", reduction, axis, weight);
        this.gamma = notNegative("gamma", gamma);
    }

    /** A factor for each class, the paper's α: (classes). By default 1. */
    public Focal withWeight(Tensor weight) {
        return new Focal(reduction(), axis(), weight, gamma);
    }

    /** The dimension of the logits that counts the classes; a negative one counts from the end. By default 1. */
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
        Tensor unknown = entropy.neg().expm1().neg().clamp_min(new Scalar(SMALLEST)); // 1−p
        Tensor weighted = weight() == null ? entropy : entropy(logits, y, like(logits, weight()));
        return reduction().of(unknown.pow(new Scalar(gamma)).mul(weighted));
    }

    private static Tensor entropy(Tensor logits, Tensor y, TensorOptional weight) {
        return torch.cross_entropy_loss(logits, y, weight, Reduction.NONE.ordinal(), NOTHING_IGNORED, 0);
    }
}
