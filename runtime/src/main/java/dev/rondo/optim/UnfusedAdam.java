package dev.rondo.optim;

import org.bytedeco.pytorch.IValue;

/** {@link Adam} with one operator for each term. Each term is rounded by itself, as in fastai; the fused operator rounds a whole step. */
record UnfusedAdam() implements AdamRule {
    @Override
    public void step(StepGroup group, IValue gradients) {
        Averages.update(group, group.applyDecay(gradients));
        IValue divisors = Foreach.div(group.state(Averages.SQUARES), group.biasCorrection(Hyper.SQR_MOM));
        Foreach.sqrt_(divisors);
        Foreach.add_(divisors, group.hyper(Hyper.EPS));
        Foreach.addcdiv_(
                group.parameters(),
                group.state(Averages.GRADIENTS),
                divisors,
                -group.hyper(Hyper.LR) / group.biasCorrection(Hyper.MOM));
    }
}
