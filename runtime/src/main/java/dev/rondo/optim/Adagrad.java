package dev.rondo.optim;

import dev.rondo.check.Range;
import java.util.List;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;

/**
 * Adagrad: s ← s + g²; p ← p − lr/(1 + (n−1)·lr_decay)·g/(√s + eps) in step n.
 *
 * @param start the sums before the first step, 0 or more
 * @see <a href="https://docs.pytorch.org/docs/2.10/generated/torch.optim.Adagrad.html">torch.optim.Adagrad</a>
 * @see <a href="https://jmlr.org/papers/v12/duchi11a.html">Duchi, Hazan and Singer 2011</a>
 */
record Adagrad(double start) implements UpdateRule {
    private static final String SUMS = "sqr_sum";

    Adagrad {
        Range.NOT_NEGATIVE.check("The first sum of Adagrad", start);
    }

    @Override
    public List<State> states() {
        return List.of(new State(SUMS, p -> torch.full_like(p, new Scalar(start))));
    }

    @Override
    public void step(StepGroup group, IValue gradients) {
        IValue g = group.applyDecay(gradients);
        Foreach.addcmul_(group.state(SUMS), g, g, 1);
        IValue divisors = Foreach.sqrt(group.state(SUMS));
        Foreach.add_(divisors, group.hyper(Hyper.EPS));
        double lr = group.hyper(Hyper.LR) / (1 + (group.stepNumber() - 1) * group.hyper(Hyper.LR_DECAY));
        Foreach.addcdiv_(group.parameters(), g, divisors, -lr);
    }
}
