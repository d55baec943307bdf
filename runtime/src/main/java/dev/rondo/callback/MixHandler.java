package dev.rondo.callback;

import static java.util.Objects.requireNonNull;

import dev.rondo.Learner;
import dev.rondo.ScopeLocal;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.On;
import dev.rondo.annotation.Writes;
import dev.rondo.data.Batch;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.event.Scope;
import dev.rondo.loss.Loss;
import dev.rondo.torch.Draws;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Mixes each item of a training batch with another one of it; what a subclass says is how. Targets are mixed in the same shares. Those
 * that are class numbers cannot be: where the loss function says so, it is replaced for the training part of each epoch by one that mixes
 * the losses of both targets.
 *
 * <p>What is drawn is a pure function of the seed, the number of the epoch over the life of the learner and the number of the batch in
 * it: a run can be repeated, and resumed at any batch.
 *
 * @see <a href="https://docs.fast.ai/callback.mixup.html#mixhandler">fastai, MixHandler</a>
 */
@Callback(runs = Phase.TRAIN)
public abstract class MixHandler {
    /**
     * What a batch is mixed to.
     *
     * @param xb the inputs
     * @param shares how much each item has of its own, the rest is the other's: (N), from 0 to 1, on the device of the inputs
     */
    protected record Mix(List<Tensor> xb, Tensor shares) {}

    /** How a training batch is mixed: the other targets, and the own fraction of each sample. */
    private record Mixing(List<Tensor> others, Tensor lam) {}

    private final double alpha;
    private final long seed;
    private final ScopeLocal<@Nullable Mixing> mixing = ScopeLocal.of(Scope.BATCH);

    /**
     * @param alpha of the distribution Beta(alpha, alpha) of the shares, above 0: near 0 items hardly mix
     * @param seed of what is drawn
     */
    protected MixHandler(double alpha, long seed) {
        if (!(alpha > 0 && alpha < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    getClass().getSimpleName() + " has an alpha above 0, not " + alpha + ".");
        }
        this.alpha = alpha;
        this.seed = seed;
    }

    /** The alpha of the distribution of the shares. */
    protected final double alpha() {
        return alpha;
    }

    /**
     * Mixes the inputs of a batch, without writing into them.
     *
     * @param xb the inputs, whose first dimensions count the N items
     * @param others the number of the item that each is mixed with: (N) of int64, on the device of the inputs
     * @param draws random numbers for this batch
     */
    protected abstract Mix mix(List<Tensor> xb, Tensor others, Draws draws);

    /** Where the random numbers for the batch at hand come from. */
    protected Draws draws(Learner learner) {
        return Draws.at(seed, learner.epochsBegun(), learner.iter());
    }

    @On(Event.BEFORE_TRAIN)
    void mixLosses(Learner learner) {
        Loss loss = learner.lossFunction();
        if (!loss.classNumbers() || MixedLoss.by(this, loss)) return;
        learner.until(Scope.TRAIN, learner.lossReplacedBy(new MixedLoss(this, learner, loss)));
    }

    @On(Event.BEFORE_BATCH)
    @Writes("batch")
    void mixBatch(Learner learner) {
        mixLosses(learner); // for a handler that was added in the middle of an epoch
        Loss loss = learner.lossFunction();
        MixedLoss.requireUnmixed(this, loss);
        Batch batch = learner.batch();
        Draws draws = draws(learner);
        Tensor others = beside(batch.xb().get(0), draws.permutation(batch.size()));
        Mix mix = mix(batch.xb(), others, draws);
        List<Tensor> yb = batch.yb();
        List<Tensor> ofOthers = yb.stream().map(y -> y.index_select(0, others)).toList();
        if (loss.classNumbers()) {
            mixing.set(learner, new Mixing(ofOthers, mix.shares));
        } else {
            yb = mixed(yb, ofOthers, mix.shares, "target");
        }
        learner.setBatch(new Batch(mix.xb, yb));
    }

    /** Tensors mixed with others, each item in its share. */
    final List<Tensor> mixed(List<Tensor> own, List<Tensor> others, Tensor shares, String what) {
        Tensor[] mixed = new Tensor[own.size()];
        for (int i = 0; i < mixed.length; i++) {
            Tensor t = own.get(i);
            if (!t.is_floating_point()) {
                throw new IllegalArgumentException(getClass().getSimpleName() + " mixes floats, and " + what + " " + i
                        + " is of type " + t.scalar_type().intern() + ": make it float"
                        + (what.equals("target")
                                ? ", or have the loss function's classNumbers() say that it is a class number."
                                : "."));
            }
            long[] shape = new long[(int) t.dim()];
            Arrays.fill(shape, 1);
            shape[0] = t.size(0);
            mixed[i] = others.get(i).lerp(t, shares.view(shape).to(t.scalar_type()));
        }
        return List.of(mixed);
    }

    /** Moves what was drawn to the device of a tensor, without waiting for it. */
    protected static Tensor beside(Tensor there, Tensor drawn) {
        try (Device device = there.device()) {
            return drawn.to(device, drawn.scalar_type(), true, false, new MemoryFormatOptional());
        }
    }

    /** Whether the batch is mixed. */
    final boolean mixes(Learner learner) {
        return mixing.get(learner) != null && learner.training();
    }

    /** The other targets of a mixed batch. */
    final List<Tensor> others(Learner learner) {
        return requireNonNull(mixing.get(learner)).others;
    }

    /** The own fraction of each sample of a mixed batch, (N). */
    final Tensor lam(Learner learner) {
        return requireNonNull(mixing.get(learner)).lam;
    }
}
