package dev.rondo.optim;

import java.util.List;
import org.bytedeco.pytorch.IValue;

/** The moving averages of the Adam family, under fastai's names. */
final class Averages {
    static final String GRADIENTS = "grad_avg";
    static final String SQUARES = "sqr_avg";

    static final List<UpdateRule.State> BOTH =
            List.of(UpdateRule.State.zeros(GRADIENTS), UpdateRule.State.zeros(SQUARES));

    private Averages() {}

    /** m ← mom·m + (1 − mom)·g; v ← sqr_mom·v + (1 − sqr_mom)·g² */
    static void update(StepGroup group, IValue gradients) {
        double mom = group.hyper(Hyper.MOM);
        Foreach.mul_(group.state(GRADIENTS), mom);
        Foreach.add_(group.state(GRADIENTS), gradients, 1 - mom);
        updateSquares(group, gradients);
    }

    /** v ← sqr_mom·v + (1 − sqr_mom)·g² */
    static void updateSquares(StepGroup group, IValue gradients) {
        double sqrMom = group.hyper(Hyper.SQR_MOM);
        Foreach.mul_(group.state(SQUARES), sqrMom);
        Foreach.addcmul_(group.state(SQUARES), gradients, gradients, 1 - sqrMom);
    }

    /** √(v / (1 − sqr_momⁿ)) + eps */
    static IValue divisors(StepGroup group) {
        IValue divisors = Foreach.mul(group.state(SQUARES), 1 / group.biasCorrection(Hyper.SQR_MOM));
        Foreach.sqrt_(divisors);
        Foreach.add_(divisors, group.hyper(Hyper.EPS));
        return divisors;
    }
}
