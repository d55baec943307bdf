package dev.rondo.optim;

import java.util.List;
import org.bytedeco.pytorch.IValue;

/**
 * AMSGrad: {@link Adam} whose divisor never falls. w ← max(w, v); p ← p − lr·m̂/(√ŵ + eps), where ŵ has the bias correction of v̂.
 *
 * @see <a href="https://docs.pytorch.org/docs/2.10/generated/torch.optim.AdamW.html">torch.optim.AdamW</a>, amsgrad
 * @see <a href="https://arxiv.org/abs/1904.09237">Reddi, Kale and Kumar 2018</a>
 */
record AmsGrad() implements AdamRule {
    private static final String LARGEST = "max_sqr_avg";

    @Override
    public List<State> states() {
        return List.of(State.zeros(Averages.GRADIENTS), State.zeros(Averages.SQUARES), State.zeros(LARGEST));
    }

    @Override
    public void step(StepGroup group, IValue gradients) {
        FusedKernels.adam_(
                group, gradients, group.state(Averages.GRADIENTS), group.state(Averages.SQUARES), group.state(LARGEST));
    }
}
