package dev.rondo.callback;

import dev.rondo.Learner;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.Checkpointed;
import dev.rondo.annotation.HostRead;
import dev.rondo.annotation.On;
import dev.rondo.annotation.WaitsForDevice;
import dev.rondo.check.Range;
import dev.rondo.event.CancelBatchException;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.event.RunKind;
import dev.rondo.optim.Hyper;
import dev.rondo.optim.Optimizer;
import dev.rondo.torch.DeviceWait;
import dev.rondo.torch.NoGrad;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.slf4j.LoggerFactory;

/**
 * Goes on when a training loss is NaN or infinite: leaves out the batch, or also returns to earlier weights, with a smaller learning rate. The
 * loss of such a batch is not recorded. {@link TerminateOnNaN} ends the fit instead.
 *
 * <p>Waits for the device at every training batch.
 *
 * @see <a href="https://arxiv.org/abs/2204.02311">Chowdhery et al. 2022</a>, section 5.1, on returning to an earlier checkpoint
 */
@Callback(order = -20, runs = Phase.TRAIN, kinds = RunKind.FIT, nested = false)
public final class NonFiniteLoss implements AutoCloseable {
    private static final int NEVER = 0;

    private final int every; // batches between copies of the weights
    private final double factor;
    private final int limit;

    /** The number of such losses: without a finite one in between or, if the weights are restored, in the fit. */
    @Checkpointed
    int failures;

    /** The factor of the learning rates. */
    @Checkpointed
    double reduced = 1;

    /** The learning rates that this callback has set. */
    @Checkpointed
    List<Double> rates = List.of();

    /** Weights after which a loss was finite. */
    @Checkpointed
    final TrainedState good = new TrainedState();

    /** Later weights, of which no loss has been computed yet. */
    @Checkpointed
    final TrainedState candidate = new TrainedState();

    private NonFiniteLoss(int every, double factor, int limit) {
        this.every = every;
        this.factor = factor;
        this.limit = Range.AT_LEAST_1.check("The number of losses that are not finite, after which a fit ends,", limit);
    }

    /** Leaves out batches whose loss is not finite; 10 in a row end the fit. */
    public static NonFiniteLoss skipBatch() {
        return new NonFiniteLoss(NEVER, 1, 10);
    }

    /**
     * Leaves out the batch, restores the weights and the optimizer's state of an earlier batch, and multiplies the learning rates of the rest
     * of the fit. The data goes on: the batches since then are not repeated. The 10th time in a fit ends it.
     *
     * @param every the number of batches after which weights and state are copied, which takes twice their memory
     * @param factor the factor of the learning rates, above 0 and below 1
     */
    public static NonFiniteLoss rollBack(int every, double factor) {
        Range.AT_LEAST_1.check("The number of batches between copies of the weights", every);
        Range.POSITIVE.check("The factor of the learning rates", factor);
        Range.BELOW_1.check("The factor of the learning rates", factor);
        return new NonFiniteLoss(every, factor, 10);
    }

    /** Ends the fit at the n-th such loss instead. */
    public NonFiniteLoss withLimit(int n) {
        return new NonFiniteLoss(every, factor, n);
    }

    @On(Event.BEFORE_FIT)
    void start(Learner learner) {
        failures = 0;
        reduced = 1;
        rates = List.of();
        candidate.close();
        if (every != NEVER) good.copy(learner, reduced);
    }

    /** After the schedules, which set the rates anew. */
    @On(value = Event.BEFORE_BATCH, order = 61)
    void reduce(Optimizer optimizer) {
        if (reduced != 1 && !rates(optimizer).equals(rates)) multiply(optimizer, reduced);
    }

    private static List<Double> rates(Optimizer optimizer) {
        return optimizer.groups().stream().map(group -> group.get(Hyper.LR)).toList();
    }

    private void multiply(Optimizer optimizer, double by) {
        rates = rates(optimizer).stream().map(rate -> rate * by).toList();
        optimizer.set(Hyper.LR, rates);
    }

    @On(Event.AFTER_LOSS)
    @HostRead("to decide whether to take the step")
    void check(Learner learner) throws CancelBatchException, CancelFitException {
        if (!learner.lossComputed()) return;
        if (isFinite(learner.loss())) {
            if (every == NEVER) failures = 0;
            else if (candidate.isThere()) good.take(candidate);
            return;
        }
        learner.discardLoss();
        String place = "The loss of batch " + learner.iter() + " in epoch " + learner.epoch() + " is not finite: ";
        if (++failures >= limit) {
            LoggerFactory.getLogger(Learner.class).warn("{}the fit ends, after {} such losses.", place, failures);
            throw CancelFitException.INSTANCE;
        }
        if (every == NEVER) {
            LoggerFactory.getLogger(Learner.class).warn("{}the batch is left out.", place);
        } else {
            reduced *= factor;
            candidate.close();
            multiply(learner.optimizer(), reduced / good.restore(learner));
            LoggerFactory.getLogger(Learner.class)
                    .warn("{}earlier weights are restored, and the learning rate is {}.", place, learner.lr());
        }
        throw CancelBatchException.INSTANCE;
    }

    @WaitsForDevice
    private static boolean isFinite(Tensor loss) {
        try (DeviceWait read = DeviceWait.of("loss is finite");
                NoGrad off = NoGrad.enter();
                PointerScope temporary = new PointerScope()) {
            return loss.isfinite().all().item_bool();
        }
    }

    @On(Event.AFTER_BATCH)
    void copy(Learner learner, int trainIter) {
        if (every != NEVER && trainIter % every == 0 && learner.lossComputed()) candidate.copy(learner, reduced);
    }

    @On(Event.AFTER_FIT)
    void end() {
        close();
    }

    /** Frees the copies of the weights. */
    @Override
    public void close() {
        good.close();
        candidate.close();
    }

    @Override
    public String toString() {
        return "NonFiniteLoss["
                + (every == NEVER ? "skips batches" : "rolls back, every=" + every + ", factor=" + factor)
                + ", limit=" + limit + "]";
    }
}
