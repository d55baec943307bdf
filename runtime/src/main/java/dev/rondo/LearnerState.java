package dev.rondo;

import dev.rondo.checkpoint.CheckpointContent;
import dev.rondo.checkpoint.Weights;
import dev.rondo.nn.Parameter;
import dev.rondo.torch.Handles;
import dev.rondo.torch.NoGrad;
import dev.rondo.torch.RandomState;
import dev.rondo.torch.TensorText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * The whole state of a learner between two batches of a fit, as a checkpoint holds it: what decides all that follows, and what identifies
 * the run.
 */
final class LearnerState {
    private static final String MODEL = "model";
    private static final String OPTIMIZER = "optimizer";
    private static final String GRADIENTS = "gradients";
    private static final String HIDDEN = "hidden";
    private static final String RANDOM = "random";

    private final CheckpointContent content;
    private final SavedMap state;
    private final Progress progress;

    /** @throws IllegalArgumentException if it is not the state of a learner */
    LearnerState(CheckpointContent content) {
        this.content = content;
        state = new SavedMap("state", content.state());
        progress = Progress.of(state.map("progress"));
    }

    /** The state of a learner. It shares the tensors of model and optimizer with the learner; the caller closes its handles. */
    static CheckpointContent of(Learner learner, RunIdentity run, Progress here) {
        Map<String, Map<String, Tensor>> tensors = new LinkedHashMap<>();
        Map<String, @Nullable Object> state = new LinkedHashMap<>();
        CheckpointContent content = new CheckpointContent(tensors, state);
        try (NoGrad off = NoGrad.enter();
                PointerScope temporary = new PointerScope()) {
            tensors.put(MODEL, kept(Weights.of(learner.model())));
            tensors.put(OPTIMIZER, kept(learner.optimizer().state()));
            putUnlessEmpty(GRADIENTS, gradients(learner), tensors);
            putUnlessEmpty(HIDDEN, kept(learner.model().hiddenState()), tensors);
            tensors.put(
                    RANDOM,
                    RandomState.save(
                            learner.generators.current(), learner.dataLoaders().device()));
            state.put("written", Instant.now().toString());
            state.put("progress", here.save());
            state.put("run", run.save());
            state.put("frozen", frozen(learner));
            state.put("counters", learner.run().counters.save());
            state.put("number of epochs", learner.nEpoch());
            state.put("epochs begun", learner.epochsBegun());
            Tensor loss = learner.run().loss();
            state.put("loss", loss == null ? null : Handles.keep(loss));
            state.put("switches", Switches.of(learner.callbacks()));
            state.put("callbacks", new CallbackStates(learner.callbacks()).save());
            learner.callback(Recorder.class).ifPresent(recorder -> {
                state.put("recorder", recorder.state());
                recorder.last().ifPresent(row -> state.put("row", row.cells()));
            });
            return content;
        } catch (Throwable t) {
            content.close();
            throw t;
        }
    }

    private static Map<String, Tensor> kept(Map<String, Tensor> tensors) {
        Map<String, Tensor> kept = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> kept.put(name, Handles.keep(tensor)));
        return kept;
    }

    /** An empty file would have to be written and synchronized too. */
    private static void putUnlessEmpty(String file, Map<String, Tensor> of, Map<String, Map<String, Tensor>> tensors) {
        if (!of.isEmpty()) tensors.put(file, of);
    }

    /** Gradients exist between two batches only while they accumulate over several. */
    private static Map<String, Tensor> gradients(Learner learner) {
        Map<String, Tensor> gradients = new LinkedHashMap<>();
        for (Parameter p : learner.model().parameters()) {
            Tensor gradient = p.tensor().mutable_grad();
            if (gradient.defined()) gradients.put(p.name(), Handles.keep(gradient));
        }
        return gradients;
    }

    private static List<String> frozen(Learner learner) {
        return learner.model().parameters().stream()
                .filter(p -> !p.tensor().requires_grad())
                .map(Parameter::name)
                .toList();
    }

    Progress progress() {
        return progress;
    }

    /** The parameters and buffers. */
    Map<String, Tensor> model() {
        return tensors(MODEL);
    }

    private Map<String, Tensor> tensors(String file) {
        Map<String, Tensor> tensors = content.tensors().get(file);
        if (tensors == null) throw new IllegalArgumentException("It has no tensors of the " + file + ".");
        return tensors;
    }

    /** What differs between the run that was interrupted and that of a learner, a phrase each. */
    List<String> differences(Learner learner, RunIdentity now) {
        RunIdentity saved = RunIdentity.of(state.map("run"));
        List<String> differences = new ArrayList<>(saved.differences(now));
        Map<String, Tensor> tensors = model();
        Weights.of(learner.model()).forEach((name, tensor) -> {
            Tensor then = tensors.get(name);
            if (then != null
                    && then.scalar_type().intern() != tensor.scalar_type().intern()) {
                differences.add("the tensor '" + name + "' of the model was " + TensorText.of(then) + " and is "
                        + TensorText.of(tensor));
            }
        });
        try {
            learner.optimizer().check(tensors(OPTIMIZER));
        } catch (IllegalArgumentException e) {
            differences.add("the optimizer is another: " + e.getMessage());
        }
        return differences;
    }

    /**
     * Restores the learner. Can be called again.
     *
     * @param complete whether all handlers have registered their callbacks that were there. Before, these are left out.
     */
    void restore(Learner learner, boolean complete) {
        learner.model().to(learner.dataLoaders().device());
        try (NoGrad off = NoGrad.enter();
                PointerScope temporary = new PointerScope()) {
            Weights.load(learner.model(), model());
            learner.optimizer().load(tensors(OPTIMIZER));
            restoreGradients(learner);
            learner.model().loadHiddenState(content.tensors().getOrDefault(HIDDEN, Map.of()));
            learner.run().counters.restore(state.map("counters"));
            learner.run().goOn(progress);
            learner.setNEpoch(state.count("number of epochs"));
            learner.setEpochsBegun(state.number("epochs begun"));
            learner.setLoss(state.has("loss") ? onDevice(learner, state.tensor("loss")) : null);
            restoreCallbacks(learner, complete); // after the weights
            learner.callback(Recorder.class).ifPresent(recorder -> recorder.restore(state.map("recorder")));
            RandomState.load(
                    tensors(RANDOM),
                    learner.generators.current(),
                    learner.dataLoaders().device());
        }
    }

    private void restoreCallbacks(Learner learner, boolean complete) {
        List<SavedMap> switches = state.mapList("switches");
        if (complete) Switches.restoreRegistrations(switches, learner);
        Set<String> then = switches.stream().map(each -> each.text("name")).collect(Collectors.toSet());
        List<CallbackHandle> callbacks = learner.callbacks().stream()
                .filter(handle -> then.contains(handle.name()))
                .toList();
        Map<String, Map<String, @Nullable Object>> states = state.maps("callbacks");
        if (!then.containsAll(states.keySet()))
            throw new IllegalArgumentException("The saved state has callbacks without switches.");
        states.keySet().retainAll(callbacks.stream().map(CallbackHandle::name).toList());
        new CallbackStates(callbacks).restore(states);
        Switches.restore(switches, callbacks);
    }

    private void restoreGradients(Learner learner) {
        Set<String> frozen = Set.copyOf(state.strings("frozen"));
        Map<String, Tensor> gradients = content.tensors().getOrDefault(GRADIENTS, Map.of());
        for (Parameter p : learner.model().parameters()) {
            p.tensor().set_requires_grad(!frozen.contains(p.name()));
            Tensor gradient = gradients.get(p.name());
            if (gradient == null) p.tensor().mutable_grad().reset();
            else
                p.tensor()
                        .mutable_grad()
                        .put(torch.empty_like(p.tensor()).copy_(gradient)); // laid out as the parameter
        }
    }

    private static Tensor onDevice(Learner learner, Tensor tensor) {
        return tensor.to(learner.dataLoaders().device(), tensor.scalar_type());
    }
}
