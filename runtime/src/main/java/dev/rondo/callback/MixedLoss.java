package dev.rondo.callback;

import dev.rondo.Learner;
import dev.rondo.loss.Loss;
import dev.rondo.loss.Reduction;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * The loss of a mixed batch: lam·(loss of the own target) + (1 − lam)·(loss of the other target) for each sample. For a batch that is not
 * mixed it is the original loss.
 */
final class MixedLoss implements Loss {
    private final MixHandler handler;
    private final Learner learner;
    private final Loss original;
    private final Loss items;
    private final Reduction reduction;

    /** @throws IllegalStateException if the original has no unreduced form */
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

    /** Whether a loss was made by this handler, or wraps one that was. */
    static boolean by(MixHandler handler, Loss loss) {
        return loss instanceof MixedLoss m && (m.handler == handler || by(handler, m.original));
    }

    /** Fails if another handler has mixed the batch: class numbers can be mixed only once. */
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
                    "The loss function's unreduced() form must return a loss for each sample, but returned "
                            + own.numel() + " for " + n + " samples.");
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
