package dev.rondo.callback;

import dev.rondo.Learner;
import dev.rondo.loss.Loss;
import dev.rondo.loss.Reduction;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * A loss that counts both targets of each item of a batch that is mixed, its own and the other's, in their shares; of any other batch it
 * is the original.
 */
final class MixedLoss implements Loss {
    private final MixHandler handler;
    private final Learner learner;
    private final Loss original;
    private final Loss items;
    private final Reduction reduction;

    /** @throws IllegalStateException if the original has no form that does not reduce */
    MixedLoss(MixHandler handler, Learner learner, Loss original) {
        this(handler, learner, original, original.unreduced(), original.reduction());
    }

    private MixedLoss(MixHandler handler, Learner learner, Loss original, Loss items, Reduction reduction) {
        this.handler = handler;
        this.learner = learner;
        this.original = original;
        this.items = items;
        this.reduction = reduction;
    }

    /** Whether a loss is one of this handler's, or of another handler's over one of this one's. */
    static boolean by(MixHandler handler, Loss loss) {
        return loss instanceof MixedLoss m && (m.handler == handler || by(handler, m.original));
    }

    /** Class numbers are mixed once: the losses of two mixes would not fit together. */
    static void requireUnmixed(MixHandler handler, Loss loss) {
        if (!(loss instanceof MixedLoss m)) return;
        if (m.handler != handler && m.handler.mixes(m.learner)) {
            String first = m.handler.getClass().getSimpleName(),
                    second = handler.getClass().getSimpleName();
            throw new IllegalStateException(second + " cannot mix a batch that " + first
                    + " has mixed: use one of them, or switch one off for each batch.");
        }
        requireUnmixed(handler, m.original);
    }

    @Override
    public Tensor of(Tensor pred, List<Tensor> yb) {
        if (!handler.mixes(learner)) return original.of(pred, yb);
        Tensor own = items.of(pred, yb), others = items.of(pred, handler.others(learner));
        long n = handler.lam(learner).size(0);
        if (own.numel() % n != 0) {
            throw new IllegalStateException(
                    "The loss function's unreduced() form is to give losses of single items, but gave " + own.numel()
                            + " for " + n + " items.");
        }
        Tensor lam = handler.lam(learner).view(n, 1).to(own.scalar_type());
        Tensor mixed = others.reshape(n, -1).lerp(own.reshape(n, -1), lam);
        return reduction.of(mixed.reshape(own.shape()));
    }

    @Override
    public Loss unreduced() {
        return new MixedLoss(handler, learner, items, items, Reduction.NONE);
    }

    @Override
    public Reduction reduction() {
        return reduction;
    }

    @Override
    public boolean classNumbers() {
        return original.classNumbers();
    }

    @Override
    public Tensor activation(Tensor pred) {
        return original.activation(pred);
    }

    @Override
    public Tensor decodes(Tensor activated) {
        return original.decodes(activated);
    }
}
