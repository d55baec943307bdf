package dev.rondo.optim;

import java.util.List;
import org.bytedeco.pytorch.IValue;

/**
 * Adadelta: v ← rho·v + (1−rho)·g²; d = g·√(u + eps)/√(v + eps); u ← rho·u + (1−rho)·d²; p ← p − lr·d.
 *
 * @see <a href="https://docs.pytorch.org/docs/2.10/generated/torch.optim.Adadelta.html">torch.optim.Adadelta</a>
 * @see <a href="https://arxiv.org/abs/1212.5701">Zeiler 2012</a>
 */
record Adadelta() implements UpdateRule {
    private static final String STEPS = "sqr_step_avg";

    @Override
    public List<State> states() {
        return List.of(State.zeros(Averages.SQUARES), State.zeros(STEPS));
    }

    @Override
    public void step(StepGroup group, IValue gradients) {
        IValue g = group.applyDecay(gradients);
        double eps = group.hyper(Hyper.EPS);
        average(group, Averages.SQUARES, g);
        IValue steps = Foreach.add(group.state(STEPS), eps);
        Foreach.div_(steps, Foreach.add(group.state(Averages.SQUARES), eps));
        Foreach.sqrt_(steps);
        Foreach.mul_(steps, g);
        average(group, STEPS, steps);
        Foreach.add_(group.parameters(), steps, -group.hyper(Hyper.LR));
    }

    private static void average(StepGroup group, String state, IValue values) {
        double rho = group.hyper(Hyper.RHO);
        Foreach.mul_(group.state(state), rho);
        Foreach.addcmul_(group.state(state), values, values, 1 - rho);
    }
}
