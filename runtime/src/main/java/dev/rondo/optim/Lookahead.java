package dev.rondo.optim;

import dev.rondo.check.Range;
import dev.rondo.nn.Parameter;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Tensor;

/**
 * Lookahead: after every k steps of another optimizer, slow ← slow + alpha·(p − slow) and p ← slow. The slow weights start as the
 * parameters before the first step.
 *
 * @param inner the other optimizer
 * @param k number of steps between two updates of the slow weights
 * @param alpha step size of the slow weights
 * @see <a href="https://docs.fast.ai/optimizer.html#lookahead">fastai, Lookahead</a>
 * @see <a href="https://arxiv.org/abs/1907.08610">Zhang and others 2019</a>
 */
record Lookahead(UpdateRule inner, int k, double alpha) implements UpdateRule {
    private static final String SLOW = "slow_weights";

    Lookahead {
        Range.AT_LEAST_1.check("The k of a lookahead", k);
        Range.FRACTION.check("The alpha of a lookahead", alpha);
        if (inner instanceof Lookahead) {
            throw new IllegalArgumentException("Lookahead takes an optimizer that is not a lookahead itself.");
        }
    }

    @Override
    public UpdateRule forParameter(Parameter parameter) {
        return new Lookahead(inner.forParameter(parameter), k, alpha);
    }

    @Override
    public void check(Hyper hyper, double value) {
        inner.check(hyper, value);
    }

    @Override
    public String label() {
        return "Lookahead of " + inner.label();
    }

    @Override
    public List<State> states() {
        return Stream.concat(inner.states().stream(), Stream.of(new State(SLOW, Tensor::clone)))
                .toList();
    }

    @Override
    public void step(StepGroup group, IValue gradients) {
        inner.step(group, gradients);
        if (group.stepNumber() % k != 0) return;
        Foreach.lerp_(group.state(SLOW), group.parameters(), alpha);
        Foreach.copy_(group.parameters(), group.state(SLOW));
    }
}
