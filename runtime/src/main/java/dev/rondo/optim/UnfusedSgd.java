package dev.rondo.optim;

import java.util.List;
import org.bytedeco.pytorch.IValue;

/**
 * {@link Sgd} with one operator for each term: buf ← mom·buf; buf ← buf + g; p ← p − lr·buf. Each term is rounded by itself, as in fastai;
 * the fused operator rounds a whole step.
 *
 * @param buffered whether there are momentum buffers
 */
record UnfusedSgd(boolean buffered) implements UpdateRule {
    private static final String BUFFER = "grad_avg";

    @Override
    public List<State> states() {
        return buffered ? List.of(State.zeros(BUFFER)) : List.of();
    }

    @Override
    public void step(StepGroup group, IValue gradients) {
        IValue g = group.applyDecay(gradients);
        if (buffered) {
            Foreach.mul_(group.state(BUFFER), group.hyper(Hyper.MOM));
            Foreach.add_(group.state(BUFFER), g, 1);
        }
        Foreach.add_(group.parameters(), buffered ? group.state(BUFFER) : g, -group.hyper(Hyper.LR));
    }
}
