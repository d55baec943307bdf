package dev.rondo.optim;

import dev.rondo.torch.Handles;
import dev.rondo.torch.Operator;
import org.bytedeco.pytorch.IValue;

/** Operators that take a whole step in one pass over the memory, and the arguments of theirs that are always the same. */
final class FusedKernels {
    static final IValue NO = Handles.own(new IValue(false));
    static final IValue YES = Handles.own(new IValue(true));
    static final IValue ZERO = Handles.own(new IValue(0.0));
    static final IValue NONE = Handles.own(new IValue());
    static final IValue NO_TENSORS = Handles.own(Operator.list());

    private static final Operator SGD_ = Operator.of("aten::_fused_sgd_", "");
    private static final Operator ADAM_ = Operator.of("aten::_fused_adam_", "");
    private static final Operator ADAMW_ = Operator.of("aten::_fused_adamw_", "");

    private FusedKernels() {}

    /** PyTorch's SGD without dampening. Decay is coupled; with a momentum of 0 there have to be no buffers. */
    static void sgd_(StepGroup c, IValue g, IValue buffers, double weightDecay, double momentum, boolean nesterov) {
        // …, dampening, nesterov, maximize, is_first_step, grad_scale, found_inf
        SGD_.call(
                c.parameters(),
                g,
                buffers,
                c.argument(Hyper.WD, weightDecay),
                c.argument(Hyper.MOM, momentum),
                c.argument(Hyper.LR, c.hyper(Hyper.LR)),
                ZERO,
                nesterov ? YES : NO,
                NO,
                NO,
                NONE,
                NONE);
    }

    /** PyTorch's Adam or, unless decay is coupled, AdamW. */
    static void adam_(StepGroup c, IValue gradients, IValue averages, IValue squares) {
        // …, max_exp_avg_sqs, state_steps, …, amsgrad, maximize, grad_scale, found_inf
        Operator operator = c.coupled() ? ADAM_ : ADAMW_;
        operator.call(
                c.parameters(),
                gradients,
                averages,
                squares,
                NO_TENSORS,
                c.counters(),
                c.argument(Hyper.LR, c.hyper(Hyper.LR)),
                c.argument(Hyper.MOM, c.hyper(Hyper.MOM)),
                c.argument(Hyper.SQR_MOM, c.hyper(Hyper.SQR_MOM)),
                c.argument(Hyper.WD, c.decay()),
                c.argument(Hyper.EPS, c.hyper(Hyper.EPS)),
                NO,
                NO,
                NONE,
                NONE);
    }
}
