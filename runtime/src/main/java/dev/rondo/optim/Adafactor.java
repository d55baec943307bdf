package dev.rondo.optim;

import dev.rondo.nn.Parameter;
import java.util.List;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Adafactor: the average v of squared gradients of a matrix is kept as that of its rows and that of its columns. In step n the new squares
 * have the weight n^beta2_decay. u = g/√v; p ← p − α·u/max(1, rms(u)/clip_threshold) with α = max(eps, rms(p))·min(lr, 1/√n), where rms is
 * the root mean square of a parameter. Of more than two dimensions, the last two are those of matrices. There is no momentum.
 *
 * @param factored whether v is kept by rows and columns
 * @see <a href="https://docs.pytorch.org/docs/2.10/generated/torch.optim.Adafactor.html">torch.optim.Adafactor</a>
 * @see <a href="https://arxiv.org/abs/1804.04235">Shazeer and Stern 2018</a>
 */
record Adafactor(boolean factored) implements UpdateRule {
    private static final String ROWS = "row_avg";
    private static final String COLUMNS = "column_avg";

    @Override
    public UpdateRule forParameter(Parameter parameter) {
        return new Adafactor(parameter.tensor().dim() > 1);
    }

    @Override
    public List<State> states() {
        if (!factored) return List.of(State.zeros(Averages.SQUARES));
        return List.of(
                new State(ROWS, p -> torch.zeros_like(p.narrow(-1, 0, Math.min(1, p.size(-1))))),
                new State(COLUMNS, p -> torch.zeros_like(p.narrow(-2, 0, Math.min(1, p.size(-2))))));
    }

    @Override
    public void step(StepGroup group, IValue gradients) {
        long n = group.stepNumber();
        Scalar newest = new Scalar(Math.pow(n, group.hyper(Hyper.BETA2_DECAY)));
        double lr = Math.min(group.hyper(Hyper.LR), 1 / Math.sqrt(n));
        IValue norms = Foreach.norm(group.parameters()); // before decay
        IValue g = group.applyDecay(gradients);
        Apply apply = (t, squares) -> move(group, lr, t[0], t[1], t[2], squares);
        if (factored) {
            Foreach.forEach(
                    t -> apply.to(t, outer(t[1], t[3], t[4], newest)),
                    group.parameters(),
                    g,
                    norms,
                    group.state(ROWS),
                    group.state(COLUMNS));
        } else {
            Foreach.forEach(
                    t -> apply.to(t, t[3].lerp_(t[1].mul(t[1]), newest).clone()),
                    group.parameters(),
                    g,
                    norms,
                    group.state(Averages.SQUARES));
        }
    }

    private interface Apply {
        void to(Tensor[] tensors, Tensor squares);
    }

    /** Updates the averages of rows and columns. Returns v, their outer product divided by the mean of the rows. */
    private static Tensor outer(Tensor g, Tensor rows, Tensor columns, Scalar newest) {
        rows.lerp_(meanSquares(g, -1), newest);
        columns.lerp_(meanSquares(g, -2), newest);
        Tensor means =
                rows.mean(new long[] {-2}, true, new ScalarTypeOptional()).clamp_min_(new Scalar(epsilon(rows)));
        return rows.div(means).mul(columns);
    }

    /** By norms, which need no tensor of the size of g. */
    private static Tensor meanSquares(Tensor g, long dim) {
        return g.norm(new ScalarOptional(new Scalar(2.0)), new long[] {dim}, true)
                .square_()
                .div_(new Scalar((double) g.size(dim)));
    }

    private static void move(StepGroup group, double lr, Tensor p, Tensor g, Tensor norm, Tensor squares) {
        double root = Math.sqrt(p.numel()), least = epsilon(p);
        Tensor update = squares.clamp_min_(new Scalar(least * least)).rsqrt_().mul_(g);
        Tensor clip = update.norm()
                .div_(new Scalar(root * group.hyper(Hyper.CLIP_THRESHOLD)))
                .clamp_min_(new Scalar(1.0));
        Tensor alpha = norm.div(new Scalar(root))
                .clamp_min_(new Scalar(group.hyper(Hyper.EPS)))
                .mul_(new Scalar(lr));
        p.addcmul_(update, alpha.div_(clip), new Scalar(-1.0));
    }

    /** The distance from 1 to the next number of the type: PyTorch's {@code eps[0]}. */
    private static double epsilon(Tensor t) {
        return switch (t.scalar_type().intern()) {
            case Double -> 0x1p-52;
            case Half -> 0x1p-10;
            case BFloat16 -> 0x1p-7;
            default -> 0x1p-23;
        };
    }
}
