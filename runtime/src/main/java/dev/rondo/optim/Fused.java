package dev.rondo.optim;

import dev.rondo.torch.Handles;
import dev.rondo.torch.Operator;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;

/** Operators that take a whole step in one pass over the memory, and the arguments of theirs that are always the same. */
final class Fused {
    static final IValue NO = Handles.own(new IValue(false));
    static final IValue ZERO = Handles.own(new IValue(0.0));
    static final IValue NONE = Handles.own(new IValue());
    static final IValue NO_TENSORS = Handles.own(Operator.list());

    private static final Operator SGD_ = Operator.of("aten::_fused_sgd_", "");
    private static final Operator ADAM_ = Operator.of("aten::_fused_adam_", "");
    private static final Operator ADAMW_ = Operator.of("aten::_fused_adamw_", "");

    private Fused() {}

    /** Calls an operator; what it returns is on the stack. */
    static IValueVector call(Operator operator, IValue... arguments) {
        IValueVector stack = new IValueVector();
        for (IValue a : arguments) stack.push_back(a);
        operator.call(stack);
        return stack;
    }

    /** PyTorch's SGD without dampening. Decay is coupled; with a momentum of 0 there have to be no buffers. */
    static void sgd_(
            IValue p, IValue g, IValue buffers, double weightDecay, double momentum, double lr, boolean nesterov) {
        // …, dampening, nesterov, maximize, is_first_step, grad_scale, found_inf
        call(
                SGD_,
                p,
                g,
                buffers,
                new IValue(weightDecay),
                new IValue(momentum),
                new IValue(lr),
                ZERO,
                new IValue(nesterov),
                NO,
                NO,
                NONE,
                NONE);
    }

    /**
     * PyTorch's Adam or, unless decay is coupled, AdamW.
     *
     * @param steps the number of the step
     */
    static void adam_(
            IValue p,
            IValue g,
            IValue averages,
            IValue squares,
            IValue steps,
            double lr,
            double beta1,
            double beta2,
            double weightDecay,
            double eps,
            boolean coupled) {
        // …, max_exp_avg_sqs, state_steps, …, amsgrad, maximize, grad_scale, found_inf
        call(
                coupled ? ADAM_ : ADAMW_,
                p,
                g,
                averages,
                squares,
                NO_TENSORS,
                steps,
                new IValue(lr),
                new IValue(beta1),
                new IValue(beta2),
                new IValue(weightDecay),
                new IValue(eps),
                NO,
                NO,
                NONE,
                NONE);
    }
}
