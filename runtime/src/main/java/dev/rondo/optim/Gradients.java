package dev.rondo.optim;

import dev.rondo.check.Argument;
import dev.rondo.check.Range;
import dev.rondo.nn.Parameter;
import dev.rondo.torch.NoGrad;
import dev.rondo.torch.Operator;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Operations on all gradients of an optimizer's parameters, over libtorch's foreach kernels. Parameters without a gradient are skipped. No
 * method waits for the device.
 */
public final class Gradients {
    private static final class Operators {
        static final Operator NORM = Operator.of("aten::_foreach_norm", "Scalar");
        static final Operator SCALE = Operator.of("aten::_foreach_mul_", "Tensor");
        static final Operator AT_LEAST = Operator.of("aten::_foreach_clamp_min_", "Scalar");
        static final Operator AT_MOST = Operator.of("aten::_foreach_clamp_max_", "Scalar");
    }

    /** PyTorch's value; it keeps the factor finite if all gradients are 0. */
    private static final double CLIP_EPSILON = 1e-6;

    private Gradients() {}

    /**
     * The norm of all gradients as one vector: a scalar that belongs to the native scope of the caller, 0 without gradients.
     *
     * @param type the order of the norm: 2 for the Euclidean norm, {@link Double#POSITIVE_INFINITY} for the largest absolute value
     */
    public static Tensor norm(Optimizer optimizer, double type) {
        checkNormType(type);
        try (NoGrad off = NoGrad.enter()) {
            return norm(of(optimizer), type);
        }
    }

    private static void checkNormType(double type) {
        if (Double.isNaN(type)) throw new IllegalArgumentException("The p of a norm is a number, not NaN.");
    }

    private static Tensor norm(Tensor[] gradients, double type) {
        if (gradients.length == 0) return torch.zeros(new long[0]);
        IValueVector results =
                Operators.NORM.call(Operator.list(gradients), new IValue(new Scalar(type)), new IValue());
        TensorVector norms = results.get(0).toTensorVector();
        return torch.stack(norms).norm(new Scalar(type));
    }

    /**
     * Clips the norm of all gradients to {@code maxNorm}, 0 or more: multiplies them by maxNorm/(norm + 1e-6) if that is below 1.
     *
     * @param type the order of the norm, as in {@link #norm}
     * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.utils.clip_grad_norm_.html">torch.nn.utils.clip_grad_norm_</a>
     */
    public static void clipNorm(Optimizer optimizer, double maxNorm, double type) {
        Range.LIMIT.check("A maximum norm", maxNorm);
        checkNormType(type);
        try (NoGrad off = NoGrad.enter();
                PointerScope temporary = new PointerScope()) {
            Tensor[] gradients = of(optimizer);
            if (gradients.length == 0) return;
            Tensor factor = norm(gradients, type)
                    .add(new Scalar(CLIP_EPSILON))
                    .reciprocal()
                    .mul(new Scalar(maxNorm))
                    .clamp_max(new Scalar(1.0));
            scale(gradients, factor);
        }
    }

    /**
     * Clips each element of the gradients to −limit … limit.
     *
     * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.utils.clip_grad_value_.html">torch.nn.utils.clip_grad_value_</a>
     */
    public static void clipValue(Optimizer optimizer, double limit) {
        Range.LIMIT.check("The limit of a gradient", limit);
        try (NoGrad off = NoGrad.enter();
                PointerScope temporary = new PointerScope()) {
            Tensor[] gradients = of(optimizer);
            if (gradients.length == 0) return; // the operators reject empty lists
            IValue list = Operator.list(gradients);
            Operators.AT_LEAST.call(list, new IValue(new Scalar(-limit)));
            Operators.AT_MOST.call(list, new IValue(new Scalar(limit)));
        }
    }

    /** Multiplies all gradients by a number. */
    public static void scale(Optimizer optimizer, double factor) {
        try (NoGrad off = NoGrad.enter();
                PointerScope temporary = new PointerScope()) {
            scale(of(optimizer), torch.full(new long[0], new Scalar(factor)));
        }
    }

    private static void scale(Tensor[] gradients, Tensor factor) {
        if (gradients.length == 0) return;
        Operators.SCALE.call(Operator.list(gradients), new IValue(factor));
    }

    /** The gradients that are defined: views, which must not be closed. */
    public static Tensor[] of(Optimizer optimizer) {
        List<Tensor> gradients = new ArrayList<>();
        for (ParameterGroup group : Argument.given("optimizer", optimizer).groups()) {
            for (Parameter p : group.parameters()) {
                Tensor gradient = p.tensor().mutable_grad();
                if (gradient.defined()) gradients.add(gradient);
            }
        }
        return gradients.toArray(Tensor[]::new);
    }
}
