package dev.rondo.optim;

import java.util.List;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * LAMB: Adam whose steps are as long as the parameters say. s = m̂/(√v̂ + eps); p ← p − lr·q·s with q = min(‖p‖/‖s‖, 10), or 1 where one
 * of the two norms is 0.
 *
 * @see <a href="https://docs.fast.ai/optimizer.html#lamb">fastai, Lamb</a>
 * @see <a href="https://arxiv.org/abs/1904.00962">You and others 2019</a>
 */
record Lamb() implements UpdateRule {
    private static final double LONGEST = 10;

    @Override
    public List<State> states() {
        return Averages.BOTH;
    }

    @Override
    public void step(StepGroup c, IValue gradients) {
        Averages.update(c, c.decayed(gradients));
        IValue steps = Foreach.mul(c.state(Averages.GRADIENTS), 1 / c.debias(Hyper.MOM));
        Foreach.div_(steps, Averages.divisors(c));
        Tensor norms = Norms.of(c.parameters()), lengths = Norms.of(steps);
        Tensor ratios = torch.clamp(norms.div(lengths), new ScalarOptional(), new ScalarOptional(new Scalar(LONGEST)));
        Foreach.mul_(steps, Norms.list(Norms.unlessZero(ratios, norms, lengths, 1)));
        Foreach.add_(c.parameters(), steps, -c.hyper(Hyper.LR));
    }
}
