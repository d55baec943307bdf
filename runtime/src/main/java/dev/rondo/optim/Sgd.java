package dev.rondo.optim;

import java.util.List;
import org.bytedeco.pytorch.IValue;

/**
 * Stochastic gradient descent with momentum: buf ← mom·buf + g; p ← p − lr·buf. With Nesterov momentum: p ← p − lr·(g + mom·buf).
 *
 * @param buffered whether there are momentum buffers, which is so if the initial momentum is not 0
 * @see <a href="https://docs.fast.ai/optimizer.html#sgd">fastai, SGD</a>
 * @see <a href="https://proceedings.mlr.press/v28/sutskever13.html">Sutskever and others 2013</a>, Nesterov momentum
 */
record Sgd(boolean buffered, boolean nesterov) implements UpdateRule {
    private static final String BUFFER = "grad_avg";

    @Override
    public String label() {
        return nesterov ? "Nesterov" : "Sgd";
    }

    @Override
    public List<State> states() {
        return buffered ? List.of(State.zeros(BUFFER)) : List.of();
    }

    @Override
    public void step(StepGroup group, IValue gradients) {
        double wd = group.coupled() ? group.decay() : 0; // the operator adds it to the gradient
        if (wd == 0) group.applyDecay(gradients);
        if (!buffered) {
            FusedKernels.sgd_(group, gradients, FusedKernels.NO_TENSORS, wd, 0, false);
            return;
        }
        // The operator rejects buffers with a momentum of 0. A momentum that is scheduled to 0 becomes the smallest
        // number.
        double mom = Math.max(group.hyper(Hyper.MOM), Double.MIN_NORMAL);
        FusedKernels.sgd_(group, gradients, group.state(BUFFER), wd, mom, nesterov);
    }
}
