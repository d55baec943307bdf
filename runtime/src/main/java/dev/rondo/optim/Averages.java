package dev.rondo.optim;

import java.util.List;
import org.bytedeco.pytorch.IValue;

/** The averages of gradients and of their squares that the optimizers of Adam's family keep, and fastai's names for them. */
final class Averages {
    static final String GRADIENTS = "grad_avg";
    static final String SQUARES = "sqr_avg";

    static final List<UpdateRule.State> BOTH =
            List.of(UpdateRule.State.zeros(GRADIENTS), UpdateRule.State.zeros(SQUARES));

    private Averages() {}

    /** m ← mom·m + (1 − mom)·g; v ← sqr_mom·v + (1 − sqr_mom)·g² */
    static void update(StepGroup c, IValue gradients) {
        double mom = c.hyper(Hyper.MOM);
        Foreach.mul_(c.state(GRADIENTS), mom);
        Foreach.add_(c.state(GRADIENTS), gradients, 1 - mom);
        updateSquares(c, gradients);
    }

    /** v ← sqr_mom·v + (1 − sqr_mom)·g² */
    static void updateSquares(StepGroup c, IValue gradients) {
        double sqrMom = c.hyper(Hyper.SQR_MOM);
        Foreach.mul_(c.state(SQUARES), sqrMom);
        Foreach.addcmul_(c.state(SQUARES), gradients, gradients, 1 - sqrMom);
    }

    /** √(v / (1 − sqr_momⁿ)) + eps */
    static IValue divisors(StepGroup c) {
        IValue divisors = Foreach.mul(c.state(SQUARES), 1 / c.debias(Hyper.SQR_MOM));
        Foreach.sqrt_(divisors);
        Foreach.add_(divisors, c.hyper(Hyper.EPS));
        return divisors;
    }
}
