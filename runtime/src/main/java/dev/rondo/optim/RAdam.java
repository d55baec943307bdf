package dev.rondo.optim;

import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;

/**
 * Rectified Adam. In step n let r∞ = 2/(1−sqr_mom) − 1 and r = r∞ − 2n·sqr_momⁿ/(1−sqr_momⁿ). If r &gt; 5, the step is Adam's times
 * √((r−4)(r−2)r∞ / ((r∞−4)(r∞−2)r)); otherwise, in the first steps, it is p ← p − lr·m̂. If beta is not 0, the divisor is replaced by its
 * softplus with that sharpness.
 *
 * @see <a href="https://docs.fast.ai/optimizer.html#radam">fastai, RAdam</a>
 * @see <a href="https://arxiv.org/abs/1908.03265">Liu and others 2019</a>
 */
record RAdam() implements AdamRule {
    /** PyTorch's threshold, in units of 1/beta, above which softplus is the identity. */
    private static final double SOFTPLUS_THRESHOLD = 20;

    @Override
    public void step(StepGroup group, IValue gradients) {
        Averages.update(group, group.applyDecay(gradients));
        double step = -group.hyper(Hyper.LR) / group.biasCorrection(Hyper.MOM);
        double rInfinity = 2 / (1 - group.hyper(Hyper.SQR_MOM)) - 1;
        double correction = group.biasCorrection(Hyper.SQR_MOM);
        double r = rInfinity - 2 * group.stepNumber() * (1 - correction) / correction;
        IValue averages = group.state(Averages.GRADIENTS);
        if (r > 5) {
            double rectified = Math.sqrt((r - 4) * (r - 2) * rInfinity / ((rInfinity - 4) * (rInfinity - 2) * r));
            Foreach.addcdiv_(group.parameters(), averages, divisors(group), step * rectified);
        } else {
            Foreach.add_(group.parameters(), averages, step);
        }
    }

    private static IValue divisors(StepGroup group) {
        IValue divisors = Averages.divisors(group);
        double beta = group.hyper(Hyper.BETA);
        if (beta == 0) return divisors;
        return Foreach.map(divisors, d -> torch.softplus(d, new Scalar(beta), new Scalar(SOFTPLUS_THRESHOLD)));
    }
}
