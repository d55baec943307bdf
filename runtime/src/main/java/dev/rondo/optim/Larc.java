package dev.rondo.optim;

import java.util.List;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * LARS and LARC: SGD with a local learning rate for each parameter, local = lr·trust_coeff·‖p‖/(‖g‖ + wd·‖p‖ + eps). buf ← mom·buf + g; p ←
 * p − local·buf. LARC clips local to lr. If ‖p‖ or ‖g‖ is 0, local is lr.
 *
 * @param buffered whether there are momentum buffers, which is so if the initial momentum is not 0
 * @param clips whether local is clipped to lr, as in LARC
 * @see <a href="https://docs.fast.ai/optimizer.html#larc">fastai, Larc</a>
 * @see <a href="https://arxiv.org/abs/1708.03888">You, Gitman and Ginsburg 2017</a>
 */
record Larc(boolean buffered, boolean clips) implements UpdateRule {
    private static final String BUFFER = "grad_avg";

    @Override
    public String label() {
        return clips ? "Larc" : "Lars";
    }

    @Override
    public List<State> states() {
        return buffered ? List.of(State.zeros(BUFFER)) : List.of();
    }

    @Override
    public void step(StepGroup group, IValue gradients) {
        IValue g = group.applyDecay(gradients);
        IValue direction = g;
        if (buffered) {
            direction = group.state(BUFFER);
            Foreach.mul_(direction, group.hyper(Hyper.MOM));
            Foreach.add_(direction, g, 1);
        }
        Foreach.add_(group.parameters(), Foreach.mul(direction, Norms.list(localLrs(group, g))), -1);
    }

    private Tensor localLrs(StepGroup group, IValue g) {
        double lr = group.hyper(Hyper.LR);
        Tensor norms = Norms.of(group.parameters()), gradients = Norms.of(g);
        Tensor divisors =
                gradients.add(norms, new Scalar(group.hyper(Hyper.WD))).add_(new Scalar(group.hyper(Hyper.EPS)));
        Tensor local =
                norms.mul(new Scalar(lr * group.hyper(Hyper.TRUST_COEFF))).div_(divisors);
        local = Norms.unlessZero(local, norms, gradients, lr);
        return clips ? torch.clamp(local, new ScalarOptional(), new ScalarOptional(new Scalar(lr))) : local;
    }
}
