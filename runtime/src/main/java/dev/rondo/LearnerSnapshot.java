package dev.rondo;

import dev.rondo.checkpoint.Weights;
import dev.rondo.nn.Parameter;
import dev.rondo.optim.Optimizer;
import dev.rondo.spi.StateReader;
import dev.rondo.torch.Handles;
import dev.rondo.torch.NoGrad;
import dev.rondo.torch.RandomState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A copy of everything that a fit changes and that affects later fits: weights, gradients, the optimizer's state, random generators, the
 * history of the recorder, the state and the switches of callbacks. Closing it restores all of them.
 */
final class LearnerSnapshot implements AutoCloseable {
    private final Learner learner;
    private final @Nullable Optimizer optimizer;
    private final long epochsBegun;
    private final List<Parameter> parameters;
    private final Map<String, Tensor> weights;
    private final Map<Parameter, Tensor> gradients = new LinkedHashMap<>();
    private final Map<String, Tensor> optimizerState;
    private final List<CallbackHandle> callbacks;
    private final Map<CallbackHandle, Boolean> switches = new LinkedHashMap<>();
    private final Map<String, Map<String, @Nullable Object>> callbackStates;
    private final RandomState random;
    private final Undo history;

    LearnerSnapshot(Learner learner) {
        this.learner = learner;
        optimizer = learner.madeOptimizer();
        epochsBegun = learner.epochsBegun();
        learner.model().to(learner.dataLoaders().device()); // where the optimizer's state will be made
        parameters = learner.model().parameters();
        weights = Handles.copies(Weights.of(learner.model()));
        for (Parameter p : parameters) {
            Tensor gradient = p.tensor().mutable_grad();
            if (gradient.defined()) gradients.put(p, copy(gradient));
        }
        try (PointerScope temporary = new PointerScope()) {
            optimizerState = optimizer == null ? Map.of() : Handles.copies(optimizer.state());
        }
        callbacks = learner.callbacks();
        for (CallbackHandle handle : callbacks) switches.put(handle, handle.run());
        callbackStates = new CallbackStates(callbacks).save();
        random = RandomState.of(
                learner.generators.current(), learner.dataLoaders().device());
        history = learner.callback(Recorder.class).map(Recorder::aside).orElse(Undo.once(() -> {}));
    }

    private static Tensor copy(Tensor tensor) {
        return Handles.own(Handles.copy(tensor));
    }

    @Override
    public void close() {
        try {
            Weights.load(learner.model(), weights);
            putGradientsBack();
            learner.replaceOptimizer(optimizer);
            learner.setEpochsBegun(epochsBegun);
            if (optimizer != null) optimizer.load(optimizerState);
            new CallbackStates(callbacks).restore(callbackStates);
            switches.forEach(CallbackHandle::run);
            random.restore();
        } finally {
            history.close();
            free();
        }
    }

    private void putGradientsBack() {
        try (NoGrad off = NoGrad.enter()) {
            for (Parameter p : parameters) {
                Tensor gradient = gradients.get(p);
                if (gradient == null) p.tensor().mutable_grad().reset();
                else p.tensor().mutable_grad().put(gradient);
            }
        }
    }

    private void free() {
        for (Map<?, Tensor> owned : List.of(weights, gradients, optimizerState))
            owned.values().forEach(Tensor::close);
        StateReader.release(callbackStates);
        random.close();
    }
}
