package dev.rondo.callback;

import static java.util.Objects.requireNonNull;

import dev.rondo.Learner;
import dev.rondo.event.RunKind;
import dev.rondo.event.Scope;
import dev.rondo.nn.Model;
import dev.rondo.nn.Parameter;
import dev.rondo.spi.CallbackState;
import dev.rondo.spi.StateReader;
import dev.rondo.torch.Handles;
import dev.rondo.torch.NoGrad;
import dev.rondo.torch.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The average of a model's weights over a fit, for the callbacks that make one. It takes the weights' place in validations, until the
 * epoch ends, so that what is saved then is what was validated; in predictions, while they are made; and at the end of the fit, for good.
 * The places are exchanged without copying: the weights that training goes on with are the same to the bit, and so are gradients under
 * way. However a fit ends, the scopes put back what was exchanged; after an error the model has the weights of its last step.
 */
final class AveragedWeights implements CallbackState {
    private static final class Operators {
        static final Operator LERP = Operator.of("aten::_foreach_lerp_", "Scalar");
    }

    private final boolean withBuffers;
    /** The model's tensors, and beside each the average, or, while that is in its place, the weights. */
    private List<Tensor> weights = List.of();

    private List<Tensor> averages = List.of();
    private @Nullable IValue weightList; // arguments, made once; they follow the tensors to other places
    private @Nullable IValue averageList;
    private long count;
    private boolean shown;
    private int fits;

    /** @param withBuffers whether buffers of float types are averaged too; otherwise they stay those of training */
    AveragedWeights(boolean withBuffers) {
        this.withBuffers = withBuffers;
    }

    /** At the start of a run: begins a new average with each fit. A fit inside of one is left out. */
    void begin(Learner learner) {
        if (learner.runKind() != RunKind.FIT) return;
        learner.until(Scope.FIT, this::end);
        if (fits++ > 0) return;
        weights = weights(learner.model());
        begin(weights.stream().map(w -> Handles.own(Handles.copy(w))).toList());
    }

    private List<Tensor> weights(Model model) {
        List<Tensor> all = new ArrayList<>(
                model.parameters().stream().map(Parameter::tensor).toList());
        if (withBuffers) {
            model.buffers().values().stream().filter(Tensor::is_floating_point).forEach(all::add);
        }
        return all;
    }

    private void end() {
        if (--fits > 0) return;
        begin(List.of());
        weights = List.of();
    }

    private void begin(List<Tensor> first) {
        take(first);
        count = 0;
        shown = false;
    }

    private void take(List<Tensor> other) {
        for (IValue list : new @Nullable IValue[] {weightList, averageList}) if (list != null) list.close();
        weightList = averageList = null;
        averages.forEach(Tensor::close);
        averages = other;
    }

    /** Takes saved values over, beside the weights: they may come from another device. What is saved between fits has none. */
    private void fill(List<Tensor> saved) {
        if (saved.isEmpty()) return;
        try (NoGrad off = NoGrad.enter()) {
            if (saved.size() != averages.size()) {
                throw new IllegalArgumentException("The state has averages of " + saved.size()
                        + " tensors, but the model has " + averages.size()
                        + ". Restore it with the model that it was saved with.");
            }
            for (int i = 0; i < saved.size(); i++) averages.get(i).copy_(saved.get(i));
        } finally {
            saved.forEach(Tensor::close);
        }
    }

    /** Whether a step or an epoch is one of the fit that is averaged. */
    boolean averages(Learner learner) {
        return fits == 1 && learner.runKind() == RunKind.FIT;
    }

    /** How many times the weights have been taken in. */
    long count() {
        return count;
    }

    /** Takes the weights in: average ← average + share·(weights − average). The first ones are the average. */
    void update(double share) {
        try (NoGrad off = NoGrad.enter();
                PointerScope temporary = new PointerScope()) {
            if (averageList == null) {
                averageList = Handles.own(Operator.list(averages.toArray(Tensor[]::new)));
                weightList = Handles.own(Operator.list(weights.toArray(Tensor[]::new)));
            }
            Operators.LERP.call(
                    averageList, requireNonNull(weightList), new IValue(new Scalar(count == 0 ? 1 : share)));
        }
        count++;
    }

    /** Has the model work with the average, or with the weights, until the innermost scope of a kind ends. */
    void show(Learner learner, boolean average, Scope scope) {
        if (count == 0 || fits == 0 || average == shown || average && fits > 1) return;
        exchange();
        boolean predicts = learner.runKind() == RunKind.PREDICT; // maybe inside of a training, whose epoch goes on
        learner.until(predicts ? Scope.VALIDATE : scope, this::exchange);
    }

    private void exchange() {
        shown = !shown;
        try (NoGrad off = NoGrad.enter()) {
            for (int i = 0; i < weights.size(); i++) {
                try (Tensor before = weights.get(i).detach()) {
                    weights.get(i).set_data(averages.get(i));
                    averages.get(i).set_data(before);
                }
            }
        }
    }

    /** At the end of the fit: the average is the weights from now on. Returns whether there was one. */
    boolean keep(Learner learner) {
        if (!averages(learner) || count == 0) return false;
        try (NoGrad off = NoGrad.enter()) {
            IntStream.range(0, weights.size()).forEach(i -> weights.get(i).copy_(averages.get(i)));
        }
        return true;
    }

    @Override
    public Map<String, Object> saveState() {
        return Map.of("averages", averages, "count", count, "shown", shown);
    }

    /** Called after the model was loaded. If the average was in the place of the weights, the model was saved with it. */
    @Override
    public void loadState(Map<String, Object> state) {
        StateReader reader = new StateReader("average", state);
        List<Tensor> saved = reader.list("averages", Tensor.class);
        long savedCount = reader.required("count", Long.class);
        boolean savedShown = reader.required("shown", Boolean.class);
        reader.end();
        fill(saved == null ? List.of() : saved);
        count = savedCount;
        boolean now = shown;
        shown = savedShown;
        if (fits > 0 && shown != now) exchange(); // the open scopes count on what is in its place now
    }
}
