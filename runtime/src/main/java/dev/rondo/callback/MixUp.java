package dev.rondo.callback;

import dev.rondo.torch.Draws;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Mixup: replaces each sample of a training batch by lam·x + (1 − lam)·x′, where x′ is another sample of the batch. lam is drawn from
 * Beta(alpha, alpha) for each sample; if it is below 0.5, 1 − lam is used instead.
 *
 * <p>Costs about twenty small operators, one operator over the inputs and a second loss per batch; never waits for the device.
 *
 * @see <a href="https://arxiv.org/abs/1710.09412">Zhang et al. 2017</a>
 * @see <a href="https://docs.fast.ai/callback.mixup.html#mixup">fastai, MixUp</a>
 */
public class MixUp extends MixHandler {
    /** With an alpha of 0.4. */
    public MixUp() {
        this(.4);
    }

    /** @param alpha the parameter of Beta(alpha, alpha), above 0; the larger it is, the more samples are mixed */
    public MixUp(double alpha) {
        this(alpha, 0);
    }

    /**
     * @param alpha the parameter of Beta(alpha, alpha), above 0; the larger it is, the more samples are mixed
     * @param seed the seed of the random numbers
     */
    public MixUp(double alpha, long seed) {
        super(alpha, seed);
    }

    @Override
    protected final Mix mix(List<Tensor> xb, Tensor others, Draws draws) {
        Tensor drawn = draws.beta(alpha(), others.size(0));
        Tensor lam = beside(others, torch.maximum(drawn, drawn.neg().add(new Scalar(1.0))));
        List<Tensor> ofOthers = xb.stream().map(x -> x.index_select(0, others)).toList();
        return new Mix(mixed(xb, ofOthers, lam, "input"), lam);
    }
}
