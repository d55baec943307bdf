package dev.rondo.optim;

import dev.rondo.torch.Operator;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * Foreach operators: one call for all tensors of a list, and a few kernels for all of them on CUDA. An {@link IValue} is a list of tensors
 * here; the lists of a call have the same length, and their tensors the same shapes and types. As in PyTorch, operators whose name ends in
 * an underscore change their first argument. The others return new tensors, which belong to the caller's native scope. {@link Operator}
 * calls those of libtorch that are not here, and {@link #map} an operator on tensors.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/torch.html#foreach-operations">PyTorch, foreach operations</a>
 */
public final class Foreach {
    private static final Operator ADD_SCALAR_ = Operator.of("aten::_foreach_add_", "Scalar");
    private static final Operator ADD_SCALAR = Operator.of("aten::_foreach_add", "Scalar");
    private static final Operator ADD_ = Operator.of("aten::_foreach_add_", "List");
    private static final Operator ADD = Operator.of("aten::_foreach_add", "List");
    private static final Operator MUL_SCALAR_ = Operator.of("aten::_foreach_mul_", "Scalar");
    private static final Operator MUL_SCALAR = Operator.of("aten::_foreach_mul", "Scalar");
    private static final Operator MUL_ = Operator.of("aten::_foreach_mul_", "List");
    private static final Operator MUL = Operator.of("aten::_foreach_mul", "List");
    private static final Operator DIV_SCALAR = Operator.of("aten::_foreach_div", "Scalar");
    private static final Operator DIV_ = Operator.of("aten::_foreach_div_", "List");
    private static final Operator ADDCMUL_ = Operator.of("aten::_foreach_addcmul_", "Scalar");
    private static final Operator ADDCDIV_ = Operator.of("aten::_foreach_addcdiv_", "Scalar");
    private static final Operator SQRT_ = Operator.of("aten::_foreach_sqrt_", "");
    private static final Operator SQRT = Operator.of("aten::_foreach_sqrt", "");
    private static final Operator ABS = Operator.of("aten::_foreach_abs", "");
    private static final Operator SIGN_ = Operator.of("aten::_foreach_sign_", "");
    private static final Operator MAXIMUM_ = Operator.of("aten::_foreach_maximum_", "List");
    private static final Operator LERP = Operator.of("aten::_foreach_lerp", "Scalar");
    private static final Operator LERP_ = Operator.of("aten::_foreach_lerp_", "Scalar");
    private static final Operator COPY_ = Operator.of("aten::_foreach_copy_", "");
    private static final Operator NORM = Operator.of("aten::_foreach_norm", "Scalar");

    private Foreach() {}

    private static IValue scalar(double value) {
        return new IValue(new Scalar(value));
    }

    /** a ← a + s */
    public static void add_(IValue a, double s) {
        ADD_SCALAR_.call(a, scalar(s));
    }

    /** a + s */
    public static IValue add(IValue a, double s) {
        return ADD_SCALAR.call(a, scalar(s)).get(0);
    }

    /** a ← a + s·b */
    public static void add_(IValue a, IValue b, double s) {
        ADD_.call(a, b, scalar(s));
    }

    /** a + s·b */
    public static IValue add(IValue a, IValue b, double s) {
        return ADD.call(a, b, scalar(s)).get(0);
    }

    /** a ← s·a */
    public static void mul_(IValue a, double s) {
        MUL_SCALAR_.call(a, scalar(s));
    }

    /** s·a */
    public static IValue mul(IValue a, double s) {
        return MUL_SCALAR.call(a, scalar(s)).get(0);
    }

    /** a ← a·b; the tensors of b may be scalars. */
    public static void mul_(IValue a, IValue b) {
        MUL_.call(a, b);
    }

    /** a·b; the tensors of b may be scalars. */
    public static IValue mul(IValue a, IValue b) {
        return MUL.call(a, b).get(0);
    }

    /** a/s */
    public static IValue div(IValue a, double s) {
        return DIV_SCALAR.call(a, scalar(s)).get(0);
    }

    /** a ← a/b */
    public static void div_(IValue a, IValue b) {
        DIV_.call(a, b);
    }

    /** a ← a + s·b·c */
    public static void addcmul_(IValue a, IValue b, IValue c, double s) {
        ADDCMUL_.call(a, b, c, scalar(s));
    }

    /** a ← a + s·b/c */
    public static void addcdiv_(IValue a, IValue b, IValue c, double s) {
        ADDCDIV_.call(a, b, c, scalar(s));
    }

    /** a ← √a */
    public static void sqrt_(IValue a) {
        SQRT_.call(a);
    }

    /** √a */
    public static IValue sqrt(IValue a) {
        return SQRT.call(a).get(0);
    }

    /** |a| */
    public static IValue abs(IValue a) {
        return ABS.call(a).get(0);
    }

    /** a ← −1, 0 or 1, the sign of a */
    public static void sign_(IValue a) {
        SIGN_.call(a);
    }

    /** a ← max(a, b) */
    public static void maximum_(IValue a, IValue b) {
        MAXIMUM_.call(a, b);
    }

    /** a + s·(b − a) */
    public static IValue lerp(IValue a, IValue b, double s) {
        return LERP.call(a, b, scalar(s)).get(0);
    }

    /** a ← a + s·(b − a) */
    public static void lerp_(IValue a, IValue b, double s) {
        LERP_.call(a, b, scalar(s));
    }

    /** a ← b */
    public static void copy_(IValue a, IValue b) {
        COPY_.call(a, b, FusedKernels.NO);
    }

    /** ‖a‖₂ of each tensor, as a scalar. */
    public static IValue norm(IValue a) {
        return NORM.call(a, scalar(2), FusedKernels.NONE).get(0);
    }

    /**
     * Calls a function with the first tensor of each list, then with the second of each, and so on. What the function creates is freed when
     * it returns, so temporaries of one parameter exist at a time; it changes tensors in place.
     */
    public static void forEach(Consumer<Tensor[]> function, IValue... lists) {
        TensorVector[] vectors =
                Arrays.stream(lists).map(IValue::toTensorVector).toArray(TensorVector[]::new);
        for (long i = 0; i < vectors[0].size(); i++) {
            long place = i;
            try (PointerScope temporary = new PointerScope()) {
                function.accept(Arrays.stream(vectors).map(v -> v.get(place)).toArray(Tensor[]::new));
            }
        }
    }

    /** An operator for each tensor of a list, where libtorch has none for lists. */
    public static IValue map(IValue a, UnaryOperator<Tensor> operator) {
        TensorVector tensors = a.toTensorVector();
        Tensor[] results = new Tensor[(int) tensors.size()];
        for (int i = 0; i < results.length; i++) results[i] = operator.apply(tensors.get(i));
        return Operator.list(results);
    }
}
