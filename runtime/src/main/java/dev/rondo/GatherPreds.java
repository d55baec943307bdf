package dev.rondo;

import dev.rondo.annotation.Callback;
import dev.rondo.annotation.HostRead;
import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.torch.DeviceWait;
import dev.rondo.torch.Handles;
import dev.rondo.torch.NoGrad;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the outputs of the model during a validation, on the CPU. A batch that was cancelled before the model ran is left out, including
 * its targets. Waits for the device at every batch.
 *
 * @see <a href="https://docs.fast.ai/callback.core.html#gatherpredscallback">fastai, GatherPredsCallback</a>
 */
@Callback(runs = Phase.VALID, nested = false)
public final class GatherPreds implements AutoCloseable {
    private final boolean withInputs;
    private final boolean withLosses;
    private final List<Tensor> inputs = new ArrayList<>();
    private final List<Tensor> preds = new ArrayList<>();
    private final List<Tensor> targets = new ArrayList<>();
    private final List<Tensor> losses = new ArrayList<>();

    /** Gathers outputs and targets. */
    public GatherPreds() {
        this(false, false);
    }

    GatherPreds(boolean withInputs, boolean withLosses) {
        this.withInputs = withInputs;
        this.withLosses = withLosses;
    }

    /** Also gathers the inputs. */
    public GatherPreds withInputs() {
        return new GatherPreds(true, withLosses);
    }

    /** Also gathers the loss of each sample. This requires a loss function that does not reduce. */
    public GatherPreds withLosses() {
        return new GatherPreds(withInputs, true);
    }

    @On(value = Event.BEFORE_VALIDATE, order = -1e9)
    void begin() {
        close();
    }

    @On(Event.AFTER_BATCH)
    @HostRead("it keeps copies on the CPU")
    void gather(Learner learner) {
        if (!learner.predicted()) return;
        try (DeviceWait read = DeviceWait.of("predictions");
                NoGrad off = NoGrad.enter()) {
            if (withInputs) inputs.add(taken(learner.x()));
            preds.add(taken(learner.pred()));
            if (learner.yb().isEmpty()) return;
            targets.add(taken(learner.yb().get(0)));
            if (withLosses) losses.add(taken(losses(learner)));
        }
    }

    /** The loss of each sample; NaN if the batch was cancelled before its loss, so that all results have the same number of rows. */
    private static Tensor losses(Learner learner) {
        long items = learner.batch().size();
        if (!learner.lossComputed()) return torch.full(new long[] {items}, new Scalar(Double.NaN));
        return perItem(learner.loss(), items);
    }

    private static Tensor perItem(Tensor loss, long items) {
        return loss.reshape(items, -1).mean(1);
    }

    private static Tensor taken(Tensor tensor) {
        return Handles.keep(tensor.detach().cpu().clone());
    }

    /**
     * The gathered predictions, in the order of the loader. The caller closes the result.
     *
     * @param activation maps the model's outputs to predictions
     * @param decodes maps predictions to decisions; null for none
     */
    public Predictions result(UnaryOperator<Tensor> activation, @Nullable UnaryOperator<Tensor> decodes) {
        try (NoGrad off = NoGrad.enter();
                PointerScope temporary = new PointerScope()) {
            Optional<Tensor> activated = cat(preds).map(activation);
            Optional<Tensor> decoded = decodes == null ? Optional.empty() : activated.map(decodes);
            return new Predictions(
                    cat(inputs).map(Handles::keep),
                    activated.map(Handles::keep),
                    cat(targets).map(Handles::keep),
                    decoded.map(Handles::keep),
                    cat(losses).map(Handles::keep));
        }
    }

    private static Optional<Tensor> cat(List<Tensor> parts) {
        if (parts.isEmpty()) return Optional.empty();
        return Optional.of(torch.cat(new TensorVector(parts.toArray(Tensor[]::new)), 0));
    }

    /** Frees the gathered tensors. */
    @Override
    public void close() {
        for (List<Tensor> parts : List.of(inputs, preds, targets, losses)) {
            parts.forEach(Tensor::close);
            parts.clear();
        }
    }

    @Override
    public String toString() {
        return "GatherPreds";
    }
}
