package dev.rondo.optim;

import java.util.List;
import org.bytedeco.pytorch.IValue;

/**
 * RMSProp in fastai's sequence: buf ← mom·buf + g; v ← sqr_mom·v + (1−sqr_mom)·g²; p ← p − lr·buf/(√v + eps). Without buffers the
 * gradient stands for them. PyTorch's RMSprop divides before its momentum buffer: other numbers.
 *
 * @param buffered whether there are momentum buffers: decided by the momentum that it is made with
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
    public void step(StepGroup c, IValue gradients) {
        IValue g = c.decayed(gradients);
        if (buffered) {
            Foreach.mul_(c.state(BUFFER), c.hyper(Hyper.MOM));
            Foreach.add_(c.state(BUFFER), g, 1);
        }
        Averages.updateSquares(c, g);
        IValue divisors = Foreach.sqrt(c.state(Averages.SQUARES));
        Foreach.add_(divisors, c.hyper(Hyper.EPS));
        Foreach.addcdiv_(c.parameters(), buffered ? c.state(BUFFER) : g, divisors, -c.hyper(Hyper.LR));
    }
}
