package dev.rondo.loss;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Logistic loss with targets −1 and 1: log(1 + exp(−y·logit)). Logits and targets have the same shape. Targets of another type than the
 * logits are converted to floats.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.SoftMarginLoss.html">torch.nn.SoftMarginLoss</a>
 */
public final class SoftMargin extends ElementLoss {
    SoftMargin(Reduction reduction) {
        super("softMargin", reduction);
    }

    @Override
    public SoftMargin withReduction(Reduction reduction) {
        return new SoftMargin(reduction);
    }

    /** The probability of 1: the sigmoid of each logit. */
    @Override
    public Tensor activation(Tensor pred) {
        return pred.sigmoid();
    }

    /** 1 where the probability is above one half, else −1. */
    @Override
    public Tensor decodes(Tensor activated) {
        Tensor yes = activated.gt(new Scalar(.5)).to(type(activated));
        return yes.mul(new Scalar(2.0)).sub(new Scalar(1.0));
    }

    @Override
    Tensor loss(Tensor pred, Tensor y) {
        return torch.soft_margin_loss(pred, y, reduction().ordinal());
    }
}
