package dev.rondo.optim;

import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Tensor;

/**
 * Lookahead: another optimizer goes k steps ahead, then slow ← slow + alpha·(p − slow) and p ← slow, where slow is p before the first
 * step at first.
 *
 * @param inner the optimizer that goes ahead
 * @see <a href="https://docs.fast.ai/optimizer.html#lookahead">fastai, Lookahead</a>
 * @see <a href="https://arxiv.org/abs/1907.08610">Zhang and others 2019</a>
 */
record Lookahead(UpdateRule inner, int k, double alpha) implements UpdateRule {
    private static final String SLOW = "slow_weights";

    Lookahead {
        if (k < 1 || !(alpha >= 0 && alpha <= 1)) {
            throw new IllegalArgumentException(
                    "Lookahead goes at least 1 step ahead and follows by 0 to 1, not " + k + " and " + alpha + ".");
        }
        if (inner instanceof Lookahead) {
            throw new IllegalArgumentException(
                    "Lookahead goes over an optimizer that goes step by step, not over another lookahead.");
        }
    }

    @Override
    public List<State> states() {
        return Stream.concat(inner.states().stream(), Stream.of(new State(SLOW, Tensor::clone)))
                .toList();
    }

    @Override
    public void step(StepGroup c, IValue gradients) {
        inner.step(c, gradients);
        if (c.number() % k != 0) return;
        Foreach.lerp_(c.state(SLOW), c.parameters(), alpha);
        Foreach.copy_(c.parameters(), c.state(SLOW));
    }
}
