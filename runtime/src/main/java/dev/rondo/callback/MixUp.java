package dev.rondo.callback;

import dev.rondo.torch.Draws;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Trains on weighted means of pairs of items: λ·x + (1−λ)·x′, with λ drawn from Beta(alpha, alpha) for each item, or 1−λ if that is more.
 *
 * <p>Some twenty small operators a batch and one over the inputs, and the loss twice; never waits for the device.
 *
 * @see <a href="https://arxiv.org/abs/1710.09412">Zhang et al. 2017</a>
 * @see <a href="https://docs.fast.ai/callback.mixup.html#mixup">fastai, MixUp</a>
 */
public class MixUp extends MixHandler {
    /** With an alpha of 0.4. */
    public MixUp() {
        this(.4);
    }

    /** @param alpha of the distribution of the shares, above 0; the larger, the more is mixed */
    public MixUp(double alpha) {
        this(alpha, 0);
    }

    /**
     * @param alpha of the distribution of the shares, above 0; the larger, the more is mixed
     * @param seed of what is drawn
     */
    public MixUp(double alpha, long seed) {
        super(alpha, seed);
    }

    @Override
    protected final Mix mix(List<Tensor> xb, Tensor others, Draws draws) {
        Tensor drawn = draws.beta(alpha(), others.size(0));
        Tensor shares = beside(others, torch.maximum(drawn, drawn.neg().add(new Scalar(1.0))));
        List<Tensor> ofOthers = xb.stream().map(x -> x.index_select(0, others)).toList();
        return new Mix(mixed(xb, ofOthers, shares, "input"), shares);
    }
}
