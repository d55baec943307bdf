package dev.rondo.optim;

import dev.rondo.check.Range;
import dev.rondo.nn.Parameter;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Muon: the step of a matrix is its averaged gradient, made nearly orthogonal. m ← mom·m + (1−mom)·g; u = (1−mom)·g + mom·m; p ← p −
 * lr·s·o(u). Five Newton–Schulz iterations in bfloat16, X ← aX + (bXXᵀ + c(XXᵀ)²)X from u/‖u‖, bring the singular values of o(u) near 1. s
 * is √max(1, rows/columns).
 *
 * @param withAdamW whether parameters that are no matrices are stepped by AdamW, and s is 0.2·√max(rows, columns), so that the steps of
 *     matrices are as long as AdamW's; otherwise they are refused
 * @see <a href="https://docs.pytorch.org/docs/2.10/generated/torch.optim.Muon.html">torch.optim.Muon</a>
 * @see <a href="https://kellerjordan.github.io/posts/muon/">Jordan 2024</a>
 * @see <a href="https://arxiv.org/abs/2502.16982">Liu and others 2025</a>, the length of AdamW's steps
 */
record Muon(boolean withAdamW) implements UpdateRule {
    private static final double A = 3.4445, B = -4.7750, C = 2.0315, LEAST_NORM = 1e-7;
    private static final int ITERATIONS = 5;

    @Override
    public UpdateRule forParameter(Parameter p) {
        boolean matrix = p.tensor().dim() == 2;
        if (withAdamW) return matrix && p.role() == Parameter.Role.WEIGHT ? this : new Adam();
        if (matrix) return this;
        throw new IllegalArgumentException("Muon steps matrices, and the parameter '" + p.name() + "' has the shape "
                + Arrays.toString(p.tensor().shape()) + ": Optimizers.muonWithAdamW() steps the others by AdamW.");
    }

    @Override
    public void check(Hyper hyper, double value) {
        if (hyper == Hyper.MOM && withAdamW) hyper.check(value, Range.BELOW_1);
        else hyper.check(value);
    }

    @Override
    public List<State> states() {
        return List.of(State.zeros(Averages.GRADIENTS));
    }

    @Override
    public void step(StepGroup group, IValue gradients) {
        double mom = group.hyper(Hyper.MOM), lr = group.hyper(Hyper.LR);
        Foreach.forEach(
                t -> {
                    Tensor p = t[0], g = t[1], average = t[2];
                    average.lerp_(g, new Scalar(1 - mom));
                    Tensor update = orthogonal(g.lerp(average, new Scalar(mom)));
                    p.add_(update, new Scalar(-lr * scale(p.size(0), p.size(1))));
                },
                group.parameters(),
                group.applyDecay(gradients),
                group.state(Averages.GRADIENTS));
    }

    private double scale(double rows, double columns) {
        return withAdamW ? 0.2 * Math.sqrt(Math.max(rows, columns)) : Math.sqrt(Math.max(1, rows / columns));
    }

    private static Tensor orthogonal(Tensor matrix) {
        boolean tall = matrix.size(0) > matrix.size(1);
        Tensor x = matrix.to(ScalarType.BFloat16);
        if (tall) x = x.t(); // the smaller square
        x = x.div(x.norm().clamp_min_(new Scalar(LEAST_NORM)));
        Scalar a = new Scalar(A), b = new Scalar(B), c = new Scalar(C), one = new Scalar(1.0);
        for (int i = 0; i < ITERATIONS; i++) {
            Tensor square = x.mm(x.t());
            x = torch.addmm(x, torch.addmm(square, square, square, b, c), x, a, one);
        }
        return tall ? x.t() : x;
    }
}
