package dev.rondo.optim;

import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * LAMB: Adam with a trust ratio for each parameter. s = m̂/(√v̂ + eps); p ← p − lr·q·s with q = min(‖p‖/‖s‖, 10), or q = 1 if one of the
 * norms is 0.
 *
 * @see <a href="https://docs.fast.ai/optimizer.html#lamb">fastai, Lamb</a>
 * @see <a href="https://arxiv.org/abs/1904.00962">You and others 2019</a>
 */
record Lamb() implements AdamRule {
    private static final double MAX_TRUST_RATIO = 10;

    @Override
    public void step(StepGroup group, IValue gradients) {
        Averages.update(group, group.applyDecay(gradients));
        IValue steps = Foreach.mul(group.state(Averages.GRADIENTS), 1 / group.biasCorrection(Hyper.MOM));
        Foreach.div_(steps, Averages.divisors(group));
        Tensor norms = Norms.of(group.parameters()), lengths = Norms.of(steps);
        Tensor ratios =
                torch.clamp(norms.div(lengths), new ScalarOptional(), new ScalarOptional(new Scalar(MAX_TRUST_RATIO)));
        Foreach.mul_(steps, Norms.list(Norms.unlessZero(ratios, norms, lengths, 1)));
        Foreach.add_(group.parameters(), steps, -group.hyper(Hyper.LR));
    }
}
