package dev.rondo.optim;

import org.bytedeco.pytorch.IValue;

/**
 * Quasi-hyperbolic Adam: p ← p − lr·((1−ν₁)·g + ν₁·m̂)/(√((1−ν₂)·g² + ν₂·v̂) + eps).
 *
 * @see <a href="https://docs.fast.ai/optimizer.html#qhadam">fastai, QHAdam</a>
 * @see <a href="https://arxiv.org/abs/1810.06801">Ma and Yarats 2018</a>
 */
record QhAdam() implements AdamRule {
    @Override
    public void step(StepGroup group, IValue gradients) {
        IValue g = group.applyDecay(gradients);
        Averages.update(group, g);
        double nu1 = group.hyper(Hyper.NU_1), nu2 = group.hyper(Hyper.NU_2);
        IValue direction = Foreach.mul(group.state(Averages.GRADIENTS), nu1 / group.biasCorrection(Hyper.MOM));
        if (nu1 != 1) Foreach.add_(direction, g, 1 - nu1);
        IValue divisors = Foreach.mul(group.state(Averages.SQUARES), nu2 / group.biasCorrection(Hyper.SQR_MOM));
        if (nu2 != 1) Foreach.addcmul_(divisors, g, g, 1 - nu2);
        Foreach.sqrt_(divisors);
        Foreach.add_(divisors, group.hyper(Hyper.EPS));
        Foreach.addcdiv_(group.parameters(), direction, divisors, -group.hyper(Hyper.LR));
    }
}
