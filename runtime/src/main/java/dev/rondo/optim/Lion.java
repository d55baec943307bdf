package dev.rondo.optim;

import dev.rondo.check.Range;
import java.util.List;
import org.bytedeco.pytorch.IValue;

/**
 * Lion: every element moves by lr in the direction of an average. p ← p − lr·sign(mom·m + (1−mom)·g); m ← sqr_mom·m + (1−sqr_mom)·g. Here
 * {@link Hyper#SQR_MOM} is the weight of the past in the average that is kept (β₂), as {@link Hyper#MOM} is in that of a step (β₁).
 *
 * @see <a href="https://arxiv.org/abs/2302.06675">Chen and others 2023</a>
 */
record Lion() implements UpdateRule {
    @Override
    public List<State> states() {
        return List.of(State.zeros(Averages.GRADIENTS));
    }

    @Override
    public void check(Hyper hyper, double value) {
        if (hyper == Hyper.MOM) hyper.check(value, Range.BELOW_1);
        else hyper.check(value);
    }

    @Override
    public void step(StepGroup group, IValue gradients) {
        IValue g = group.applyDecay(gradients), averages = group.state(Averages.GRADIENTS);
        IValue directions = Foreach.lerp(g, averages, group.hyper(Hyper.MOM));
        Foreach.sign_(directions);
        Foreach.add_(group.parameters(), directions, -group.hyper(Hyper.LR));
        Foreach.lerp_(averages, g, 1 - group.hyper(Hyper.SQR_MOM));
    }
}
