package dev.rondo.optim;

import dev.rondo.torch.Operator;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Scalar;

/**
 * Foreach operators: one call for all tensors of a list, and a few kernels for all of them on CUDA. As in PyTorch, operators whose name
 * ends in an underscore change their first argument. The others return new tensors, which belong to the caller's native scope.
 */
final class Foreach {
    private static final Operator ADD_SCALAR_ = Operator.of("aten::_foreach_add_", "Scalar");
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
    private static final Operator LERP_ = Operator.of("aten::_foreach_lerp_", "Scalar");
    private static final Operator COPY_ = Operator.of("aten::_foreach_copy_", "");
    private static final Operator NORM = Operator.of("aten::_foreach_norm", "Scalar");

    private Foreach() {}

    private static IValue scalar(double value) {
        return new IValue(new Scalar(value));
    }

    /** a ← a + s */
    static void add_(IValue a, double s) {
        ADD_SCALAR_.call(a, scalar(s));
    }

    /** a ← a + s·b */
    static void add_(IValue a, IValue b, double s) {
        ADD_.call(a, b, scalar(s));
    }

    /** a + s·b */
    static IValue add(IValue a, IValue b, double s) {
        return ADD.call(a, b, scalar(s)).get(0);
    }

    /** a ← s·a */
    static void mul_(IValue a, double s) {
        MUL_SCALAR_.call(a, scalar(s));
    }

    /** s·a */
    static IValue mul(IValue a, double s) {
        return MUL_SCALAR.call(a, scalar(s)).get(0);
    }

    /** a ← a·b; the tensors of b may be scalars. */
    static void mul_(IValue a, IValue b) {
        MUL_.call(a, b);
    }

    /** a·b; the tensors of b may be scalars. */
    static IValue mul(IValue a, IValue b) {
        return MUL.call(a, b).get(0);
    }

    /** a/s */
    static IValue div(IValue a, double s) {
        return DIV_SCALAR.call(a, scalar(s)).get(0);
    }

    /** a ← a/b */
    static void div_(IValue a, IValue b) {
        DIV_.call(a, b);
    }

    /** a ← a + s·b·c */
    static void addcmul_(IValue a, IValue b, IValue c, double s) {
        ADDCMUL_.call(a, b, c, scalar(s));
    }

    /** a ← a + s·b/c */
    static void addcdiv_(IValue a, IValue b, IValue c, double s) {
        ADDCDIV_.call(a, b, c, scalar(s));
    }

    /** a ← √a */
    static void sqrt_(IValue a) {
        SQRT_.call(a);
    }

    /** √a */
    static IValue sqrt(IValue a) {
        return SQRT.call(a).get(0);
    }

    /** a ← a + s·(b − a) */
    static void lerp_(IValue a, IValue b, double s) {
        LERP_.call(a, b, scalar(s));
    }

    /** a ← b */
    static void copy_(IValue a, IValue b) {
        COPY_.call(a, b, FusedKernels.NO);
    }

    /** ‖a‖₂ of each tensor, as a scalar. */
    static IValue norm(IValue a) {
        return NORM.call(a, scalar(2), FusedKernels.NONE).get(0);
    }
}
