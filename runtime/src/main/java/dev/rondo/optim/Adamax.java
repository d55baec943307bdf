package dev.rondo.optim;

import java.util.List;
import org.bytedeco.pytorch.IValue;

/**
 * Adamax, Adam with the infinity norm: u ← max(sqr_mom·u, |g| + eps); p ← p − lr·m̂/u.
 *
 * @see <a href="https://docs.pytorch.org/docs/2.10/generated/torch.optim.Adamax.html">torch.optim.Adamax</a>
 * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba 2014</a>, section 7.1
 */
record Adamax() implements AdamRule {
    private static final String NORMS = "inf_norm";

    @Override
    public List<State> states() {
        return List.of(State.zeros(Averages.GRADIENTS), State.zeros(NORMS));
    }

    @Override
    public void step(StepGroup group, IValue gradients) {
        IValue g = group.applyDecay(gradients), averages = group.state(Averages.GRADIENTS), norms = group.state(NORMS);
        Foreach.lerp_(averages, g, 1 - group.hyper(Hyper.MOM));
        IValue sizes = Foreach.abs(g);
        Foreach.add_(sizes, group.hyper(Hyper.EPS));
        Foreach.mul_(norms, group.hyper(Hyper.SQR_MOM));
        Foreach.maximum_(norms, sizes);
        Foreach.addcdiv_(group.parameters(), averages, norms, -group.hyper(Hyper.LR) / group.biasCorrection(Hyper.MOM));
    }
}
