package dev.rondo.callback;

import dev.rondo.Learner;
import dev.rondo.checkpoint.Weights;
import dev.rondo.spi.CallbackState;
import dev.rondo.spi.StateReader;
import dev.rondo.spi.StateType;
import dev.rondo.torch.Handles;
import dev.rondo.torch.NoGrad;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** A copy of the weights of a model and the state of its optimizer, on their device; or none. */
final class TrainedState implements CallbackState, AutoCloseable {
    private Map<String, Tensor> weights = Map.of();
    private Map<String, Tensor> optimizer = Map.of();
    private double reduced = 1; // the factor of the learning rates at that time

    boolean isThere() {
        return !weights.isEmpty();
    }

    void copy(Learner learner, double reduced) {
        close();
        try (NoGrad off = NoGrad.enter();
                PointerScope temporary = new PointerScope()) {
            weights = Handles.copies(Weights.of(learner.model()));
            optimizer = Handles.copies(learner.optimizer().state());
        }
        this.reduced = reduced;
    }

    /** Takes the copy of another one, which then has none. */
    void take(TrainedState other) {
        close();
        weights = other.weights;
        optimizer = other.optimizer;
        reduced = other.reduced;
        other.weights = other.optimizer = Map.of();
    }

    /** Restores weights and state, and drops the gradients. Returns the factor that the learning rates had. */
    double restore(Learner learner) {
        Weights.load(learner.model(), weights);
        learner.optimizer().load(optimizer);
        learner.optimizer().zeroGrad();
        return reduced;
    }

    @Override
    public void close() {
        weights.values().forEach(Tensor::close);
        optimizer.values().forEach(Tensor::close);
        weights = optimizer = Map.of();
    }

    @Override
    public Map<String, @Nullable Object> saveState() {
        return Map.of("weights", weights, "optimizer", optimizer, "reduced", reduced);
    }

    @Override
    public void loadState(Map<String, @Nullable Object> state) {
        StateReader reader = new StateReader("weights", state);
        StateType<Map<String, Tensor>> tensors = StateType.map(
                LinkedHashMap::new,
                StateType.STRING,
                StateType.handle(Tensor.class).required());
        Map<String, Tensor> newWeights = reader.read("weights", tensors.required());
        Map<String, Tensor> newOptimizer = reader.read("optimizer", tensors.required());
        double newReduced = reader.read("reduced", StateType.DOUBLE.required());
        reader.end();
        close();
        weights = newWeights;
        optimizer = newOptimizer;
        reduced = newReduced;
    }
}
