package dev.rondo.optim;

import java.util.List;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * Rprop: only the signs of gradients count. Each element has a step size, lr at first. It becomes eta_plus times as large while the gradient
 * keeps its sign, and eta_minus times where the gradient changes it; there the element stays for this step. p ← p − sign(g)·size. As in
 * PyTorch, later changes of lr have no effect; but at a learning rate of 0 nothing moves. It is made for gradients of the whole data.
 *
 * @see <a href="https://docs.pytorch.org/docs/2.10/generated/torch.optim.Rprop.html">torch.optim.Rprop</a>
 * @see <a href="https://doi.org/10.1109/ICNN.1993.298623">Riedmiller and Braun 1993</a>
 */
record Rprop() implements UpdateRule {
    private static final String LAST = "last_grad";
    private static final String SIZES = "step_size";

    @Override
    public List<State> states() {
        return List.of(State.zeros(LAST), State.zeros(SIZES));
    }

    @Override
    public void step(StepGroup group, IValue gradients) {
        double lr = group.hyper(Hyper.LR);
        if (group.stepNumber() == 1) Foreach.add_(group.state(SIZES), lr);
        if (lr == 0) return;
        Scalar grow = new Scalar(group.hyper(Hyper.ETA_PLUS)), shrink = new Scalar(group.hyper(Hyper.ETA_MINUS));
        ScalarOptional least = new ScalarOptional(new Scalar(group.hyper(Hyper.STEP_MIN)));
        ScalarOptional most = new ScalarOptional(new Scalar(group.hyper(Hyper.STEP_MAX)));
        Scalar zero = new Scalar(0.0), one = new Scalar(1.0);
        Foreach.forEach(
                t -> {
                    Tensor p = t[0], g = t[1], last = t[2], size = t[3];
                    Tensor sign = last.mul(g).sign_(), kept = sign.gt(zero), changed = sign.lt(zero);
                    Tensor factor = sign.masked_fill_(sign.eq(zero), one)
                            .masked_fill_(kept, grow)
                            .masked_fill_(changed, shrink);
                    size.mul_(factor).clamp_(least, most);
                    last.copy_(g).masked_fill_(changed, zero);
                    p.addcmul_(last.sign(), size, new Scalar(-1.0));
                },
                group.parameters(),
                group.applyDecay(gradients),
                group.state(LAST),
                group.state(SIZES));
    }
}
