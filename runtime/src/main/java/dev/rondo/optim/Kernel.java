package dev.rondo.optim;

import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;

/**
 * The fused operator that steps some parameters, with their state. The argument lists hold those parameters that take part; they are
 * made anew when that set changes.
 */
interface Kernel extends AutoCloseable {
    /**
     * Makes the argument lists of the state.
     *
     * @param active the numbers of the parameters that take part, ascending
     */
    void bind(int[] active);

    /** Makes the scalar arguments from the group's hyper-parameters, which have changed. */
    void hypers();

    /** Steps the active parameters. Both arguments are lists of tensors, in the sequence of {@link #bind}. */
    void step(IValue parameters, IValue gradients);

    /** The arguments of a call. */
    static IValueVector stack(IValue parameters, IValue gradients, IValue... rest) {
        IValueVector stack = new IValueVector();
        stack.push_back(parameters).push_back(gradients);
        for (IValue v : rest) stack.push_back(v);
        return stack;
    }

    @Override
    void close();
}
