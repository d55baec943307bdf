package dev.rondo.optim;

import java.util.List;
import org.bytedeco.pytorch.IValue;

/**
 * Stochastic gradient descent with momentum, in fastai's sequence: buf ← mom·buf + g; p ← p − lr·buf, with Nesterov's momentum p ← p −
 * lr·(g + mom·buf).
 *
 * @param buffered whether there are momentum buffers: decided by the momentum that it is made with
 * @see <a href="https://docs.fast.ai/optimizer.html#sgd">fastai, SGD</a>
 * @see <a href="https://proceedings.mlr.press/v28/sutskever13.html">Sutskever and others 2013</a>, Nesterov's momentum
 */
record Sgd(boolean buffered, boolean nesterov) implements UpdateRule {
    private static final String BUFFER = "grad_avg";

    @Override
    public List<State> states() {
        return buffered ? List.of(State.zeros(BUFFER)) : List.of();
    }

    @Override
    public void step(StepGroup c, IValue gradients) {
        double wd = c.coupled() ? c.decay() : 0; // which the operator adds to the gradient itself
        if (wd == 0) c.decayed(gradients);
        if (!buffered) {
            FusedKernels.sgd_(c, gradients, FusedKernels.NO_TENSORS, wd, 0, false);
            return;
        }
        // The operator wants no buffers with a momentum of 0; one scheduled down to 0 keeps them: the smallest number.
        double mom = Math.max(c.hyper(Hyper.MOM), Double.MIN_NORMAL);
        FusedKernels.sgd_(c, gradients, c.state(BUFFER), wd, mom, nesterov);
    }
}
