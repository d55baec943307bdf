package dev.rondo.optim;

import java.util.List;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * LARS and LARC: SGD in which each parameter has a rate of its own, local = lr·trust_coeff·‖p‖/(‖g‖ + wd·‖p‖ + eps). buf ← mom·buf + g;
 * p ← p − local·buf. LARC clips local at lr. Where ‖p‖ or ‖g‖ is 0, local is lr.
 *
 * @param buffered whether there are momentum buffers: decided by the momentum that it is made with
 * @param clips whether local is at most lr: LARC
 * @see <a href="https://docs.fast.ai/optimizer.html#larc">fastai, Larc</a>
 * @see <a href="https://arxiv.org/abs/1708.03888">You, Gitman and Ginsburg 2017</a>
 */
record Larc(boolean buffered, boolean clips) implements UpdateRule {
    private static final String BUFFER = "grad_avg";

    @Override
    public List<State> states() {
        return buffered ? List.of(State.zeros(BUFFER)) : List.of();
    }

    @Override
    public void step(StepGroup c, IValue gradients) {
        IValue g = c.decayed(gradients);
        IValue direction = g;
        if (buffered) {
            direction = c.state(BUFFER);
            Foreach.mul_(direction, c.hyper(Hyper.MOM));
            Foreach.add_(direction, g, 1);
        }
        Foreach.add_(c.parameters(), Foreach.mul(direction, Norms.list(rates(c, g))), -1);
    }

    private Tensor rates(StepGroup c, IValue g) {
        double lr = c.hyper(Hyper.LR);
        Tensor norms = Norms.of(c.parameters()), gradients = Norms.of(g);
        Tensor divisors = gradients.add(norms, new Scalar(c.hyper(Hyper.WD))).add_(new Scalar(c.hyper(Hyper.EPS)));
        Tensor rates = norms.mul(new Scalar(lr * c.hyper(Hyper.TRUST_COEFF))).div_(divisors);
        rates = Norms.unlessZero(rates, norms, gradients, lr);
        return clips ? torch.clamp(rates, new ScalarOptional(), new ScalarOptional(new Scalar(lr))) : rates;
    }
}
