package dev.rondo.callback;

import dev.rondo.Learner;
import dev.rondo.annotation.HostRead;
import dev.rondo.annotation.On;
import dev.rondo.data.Batch;
import dev.rondo.event.Event;
import dev.rondo.event.Scope;
import dev.rondo.torch.DeviceWait;
import dev.rondo.torch.Handles;
import dev.rondo.torch.NoGrad;
import dev.rondo.torch.TensorText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * Collects inputs, targets, predictions and loss of every batch of a run, in training and validation, on the CPU. It keeps all batches, so
 * it is meant for short runs. A batch that was cancelled before the model ran is left out.
 *
 * <p>Copies each batch and waits for the device at every batch.
 *
 * @see <a href="https://docs.fast.ai/callback.data.html#collectdatacallback">fastai, CollectDataCallback</a>
 */
public final class CollectData implements AutoCloseable {
    /**
     * A collected batch: tensors on the CPU, detached from the graph.
     *
     * @param batch inputs and targets
     * @param pred the output of the model
     * @param loss the loss, if it was computed
     */
    public record Collected(Batch batch, Tensor pred, Optional<Tensor> loss) implements AutoCloseable {
        @Override
        public void close() {
            batch.close();
            pred.close();
            loss.ifPresent(Tensor::close);
        }

        @Override
        public String toString() {
            return batch + ", pred " + TensorText.of(pred)
                    + loss.map(of -> ", loss " + TensorText.of(of)).orElse("");
        }
    }

    private List<Collected> data = new ArrayList<>();
    private transient int runs;

    @On(Event.BEFORE_FIT)
    void begin(Learner learner) {
        if (runs++ == 0) close(); // the batches of a nested run are added to those of the outer one
        learner.until(Scope.FIT, () -> runs--);
    }

    @On(Event.AFTER_BATCH)
    @HostRead("it keeps copies on the CPU")
    void collect(Learner learner) {
        if (!learner.predicted()) return;
        try (DeviceWait read = DeviceWait.of("collected data");
                NoGrad off = NoGrad.enter()) {
            Batch batch = new Batch(taken(learner.xb()), taken(learner.yb()));
            Optional<Tensor> loss = learner.lossComputed() ? Optional.of(taken(learner.loss())) : Optional.empty();
            data.add(new Collected(batch, taken(learner.pred()), loss));
        }
    }

    private static List<Tensor> taken(List<Tensor> tensors) {
        return tensors.stream().map(CollectData::taken).toList();
    }

    private static Tensor taken(Tensor tensor) {
        return Handles.keep(tensor.detach().cpu().clone());
    }

    /** The batches of the last run, in order. The callback owns them and closes them when the next run starts. */
    public List<Collected> data() {
        return List.copyOf(data);
    }

    /** Frees the collected batches. */
    @Override
    public void close() {
        data.forEach(Collected::close);
        data.clear();
    }

    @Override
    public String toString() {
        return "CollectData[batches=" + data.size() + "]";
    }
}
