package dev.rondo.optim;

import java.util.List;
import org.bytedeco.pytorch.IValue;

/**
 * RMSProp in fastai's order: buf ← mom·buf + g; v ← sqr_mom·v + (1−sqr_mom)·g²; p ← p − lr·buf/(√v + eps). Without momentum buffers, g
 * takes the place of buf. PyTorch's RMSprop divides before it updates the momentum buffer, so its results differ.
 *
 * @param buffered whether there are momentum buffers, which is so if the initial momentum is not 0
 * @see <a href="https://docs.fast.ai/optimizer.html#rmsprop">fastai, RMSProp</a>
 * @see <a href="https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf">Hinton 2012</a>
 */
record RmsProp(boolean buffered) implements UpdateRule {
    private static final String BUFFER = "grad_avg";

    @Override
    public List<State> states() {
        State squares = State.zeros(Averages.SQUARES);
        return buffered ? List.of(State.zeros(BUFFER), squares) : List.of(squares);
    }

    @Override
    public void step(StepGroup group, IValue gradients) {
        IValue g = group.applyDecay(gradients);
        if (buffered) {
            Foreach.mul_(group.state(BUFFER), group.hyper(Hyper.MOM));
            Foreach.add_(group.state(BUFFER), g, 1);
        }
        Averages.updateSquares(group, g);
        IValue divisors = Foreach.sqrt(group.state(Averages.SQUARES));
        Foreach.add_(divisors, group.hyper(Hyper.EPS));
        Foreach.addcdiv_(group.parameters(), buffered ? group.state(BUFFER) : g, divisors, -group.hyper(Hyper.LR));
    }
}
