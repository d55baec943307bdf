package dev.rondo.optim;

import java.util.List;
import org.bytedeco.pytorch.IValue;

/**
 * {@link Sgd} with an operator for each term: buf ← mom·buf; buf ← buf + g; p ← p − lr·buf. Each is rounded by itself, as in fastai,
 * where the fused operator rounds a whole step.
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
    public void step(StepGroup c, IValue gradients) {
        IValue g = c.decayed(gradients);
        if (buffered) {
            Foreach.mul_(c.state(BUFFER), c.hyper(Hyper.MOM));
            Foreach.add_(c.state(BUFFER), g, 1);
        }
        Foreach.add_(c.parameters(), buffered ? c.state(BUFFER) : g, -c.hyper(Hyper.LR));
    }
}
