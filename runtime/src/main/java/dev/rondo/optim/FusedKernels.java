package dev.rondo.optim;

import dev.rondo.torch.Handles;
import dev.rondo.torch.Operator;
import org.bytedeco.pytorch.IValue;

/** Fused operators, which do a whole step in one pass over memory, and their constant arguments. */
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

    /** PyTorch's SGD without dampening. Weight decay is coupled. With momentum 0 there must be no buffers. */
    static void sgd_(StepGroup group, IValue g, IValue buffers, double weightDecay, double momentum, boolean nesterov) {
        // …, dampening, nesterov, maximize, is_first_step, grad_scale, found_inf
        SGD_.call(
                group.parameters(),
                g,
                buffers,
                group.argument(Hyper.WD, weightDecay),
                group.argument(Hyper.MOM, momentum),
                group.argument(Hyper.LR, group.hyper(Hyper.LR)),
                ZERO,
                nesterov ? YES : NO,
                NO,
                NO,
                NONE,
                NONE);
    }

    /**
     * PyTorch's Adam if decay is coupled, else AdamW.
     *
     * @param largest the largest averages of squares so far, for AMSGrad; else {@link #NO_TENSORS}
     */
    static void adam_(StepGroup group, IValue gradients, IValue averages, IValue squares, IValue largest) {
        // …, max_exp_avg_sqs, state_steps, …, amsgrad, maximize, grad_scale, found_inf
        Operator operator = group.coupled() ? ADAM_ : ADAMW_;
        operator.call(
                group.parameters(),
                gradients,
                averages,
                squares,
                largest,
                group.counters(),
                group.argument(Hyper.LR, group.hyper(Hyper.LR)),
                group.argument(Hyper.MOM, group.hyper(Hyper.MOM)),
                group.argument(Hyper.SQR_MOM, group.hyper(Hyper.SQR_MOM)),
                group.argument(Hyper.WD, group.decay()),
                group.argument(Hyper.EPS, group.hyper(Hyper.EPS)),
                largest == NO_TENSORS ? NO : YES,
                NO,
                NONE,
                NONE);
    }
}
