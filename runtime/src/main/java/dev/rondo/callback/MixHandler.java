package dev.rondo.callback;

import static java.util.Objects.requireNonNull;

import dev.rondo.Learner;
import dev.rondo.ScopeLocal;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.On;
import dev.rondo.annotation.Writes;
import dev.rondo.check.ObjectText;
import dev.rondo.check.Range;
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
 * Mixes each sample of a training batch with another sample of the batch; a subclass defines how. Targets are mixed with the same weights
 * lam. Class numbers cannot be mixed: if {@link Loss#classNumbers} is true, the loss function is replaced during the training phase of each
 * epoch by one that mixes the losses of both targets.
 *
 * <p>The random numbers depend only on the seed, the number of epochs that the learner has begun and the index of the batch, so a run can
 * be repeated, and resumed at any batch.
 *
 * @see <a href="https://docs.fast.ai/callback.mixup.html#mixhandler">fastai, MixHandler</a>
 */
@Callback(runs = Phase.TRAIN)
public abstract class MixHandler {
    /**
     * A mixed batch.
     *
     * @param xb the mixed inputs
     * @param lam the weight of each sample's own target, from 0 to 1; the other target has the weight 1 − lam. Shape (N), on the device of
     *     the inputs
     */
    protected record Mix(List<Tensor> xb, Tensor lam) {}

    /** How a training batch is mixed: the targets of the other samples, and the weight lam of each sample's own target. */
    private record Mixing(List<Tensor> others, Tensor lam) {}

    private final double alpha;
    private final long seed;
    private final ScopeLocal<@Nullable Mixing> mixing = ScopeLocal.of(Scope.BATCH);

    /**
     * @param alpha the parameter of Beta(alpha, alpha), from which lam is drawn; above 0. Near 0, samples are hardly mixed
     * @param seed the seed of the random numbers
     */
    protected MixHandler(double alpha, long seed) {
        this.alpha = Range.POSITIVE.check("The alpha of " + getClass().getSimpleName(), alpha);
        this.seed = seed;
    }

    /** The parameter of Beta(alpha, alpha). */
    protected final double alpha() {
        return alpha;
    }

    /**
     * Mixes the inputs of a batch, without writing into them.
     *
     * @param xb the inputs, each with N samples in its first dimension
     * @param others the index of the sample that each sample is mixed with: (N) of int64, on the device of the inputs
     * @param draws random numbers for this batch
     */
    protected abstract Mix mix(List<Tensor> xb, Tensor others, Draws draws);

    /** The random numbers for the current batch. */
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
            mixing.set(learner, new Mixing(ofOthers, mix.lam));
        } else {
            yb = mixed(yb, ofOthers, mix.lam, "target");
        }
        learner.setBatch(new Batch(mix.xb, yb));
    }

    /** Mixes tensors with others: lam·own + (1 − lam)·others for each sample. */
    final List<Tensor> mixed(List<Tensor> own, List<Tensor> others, Tensor lam, String what) {
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
            mixed[i] = others.get(i).lerp(t, lam.view(shape).to(t.scalar_type()));
        }
        return List.of(mixed);
    }

    /** Moves random numbers to the device of a tensor, without waiting for it. */
    protected static Tensor beside(Tensor there, Tensor drawn) {
        try (Device device = there.device()) {
            return drawn.to(device, drawn.scalar_type(), true, false, new MemoryFormatOptional());
        }
    }

    /** Whether the current batch is mixed. */
    final boolean mixes(Learner learner) {
        return mixing.get(learner) != null && learner.training();
    }

    /** The targets of the other samples in a mixed batch. */
    final List<Tensor> others(Learner learner) {
        return requireNonNull(mixing.get(learner)).others;
    }

    /** The weight of each sample's own target in a mixed batch, (N). */
    final Tensor lam(Learner learner) {
        return requireNonNull(mixing.get(learner)).lam;
    }

    @Override
    public String toString() {
        return ObjectText.name(getClass()) + "[alpha=" + alpha + ", seed=" + seed + "]";
    }
}
