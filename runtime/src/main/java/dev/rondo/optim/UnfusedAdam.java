package dev.rondo.optim;

import java.util.List;
import org.bytedeco.pytorch.IValue;

/** {@link Adam} with an operator for each term, each rounded by itself, as in fastai, where the fused operator rounds a whole step. */
record UnfusedAdam() implements UpdateRule {
    @Override
    public List<State> states() {
        return Averages.BOTH;
    }

    @Override
    public void step(StepGroup c, IValue gradients) {
        Averages.update(c, c.decayed(gradients));
        IValue divisors = Foreach.div(c.state(Averages.SQUARES), c.debias(Hyper.SQR_MOM));
        Foreach.sqrt_(divisors);
        Foreach.add_(divisors, c.hyper(Hyper.EPS));
        Foreach.addcdiv_(
                c.parameters(), c.state(Averages.GRADIENTS), divisors, -c.hyper(Hyper.LR) / c.debias(Hyper.MOM));
    }
}
