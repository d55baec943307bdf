package dev.rondo.optim;

import dev.rondo.torch.Operator;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.Scalar;

/**
 * Operators over lists of tensors: one call for a whole group of parameters, and on CUDA a few kernels for all of them. A name that ends
 * in an underscore changes its first argument, as in PyTorch.
 */
final class Foreach {
    private static final Operator ADD_SCALAR_ = Operator.of("aten::_foreach_add_", "Scalar"),
            ADD_ = Operator.of("aten::_foreach_add_", "List"),
            MUL_SCALAR_ = Operator.of("aten::_foreach_mul_", "Scalar"),
            ADDCMUL_ = Operator.of("aten::_foreach_addcmul_", "Scalar"),
            ADDCDIV_ = Operator.of("aten::_foreach_addcdiv_", "Scalar"),
            SQRT = Operator.of("aten::_foreach_sqrt", "");

    private Foreach() {}

    private static IValueVector call(Operator operator, IValue... arguments) {
        IValueVector stack = new IValueVector();
        for (IValue a : arguments) stack.push_back(a);
        operator.call(stack);
        return stack;
    }

    private static IValue scalar(double value) {
        return new IValue(new Scalar(value));
    }

    /** a ← a + s */
    static void add_(IValue a, double s) {
        call(ADD_SCALAR_, a, scalar(s));
    }

    /** a ← a + s·b */
    static void add_(IValue a, IValue b, double s) {
        call(ADD_, a, b, scalar(s));
    }

    /** a ← s·a */
    static void mul_(IValue a, double s) {
        call(MUL_SCALAR_, a, scalar(s));
    }

    /** a ← a + s·b·c */
    static void addcmul_(IValue a, IValue b, IValue c, double s) {
        call(ADDCMUL_, a, b, c, scalar(s));
    }

    /** a ← a + s·b/c */
    static void addcdiv_(IValue a, IValue b, IValue c, double s) {
        call(ADDCDIV_, a, b, c, scalar(s));
    }

    /** √a */
    static IValue sqrt(IValue a) {
        return call(SQRT, a).get(0);
    }
}
