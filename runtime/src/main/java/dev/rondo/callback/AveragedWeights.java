package dev.rondo.callback;

import dev.rondo.Learner;
import dev.rondo.event.RunKind;
import dev.rondo.event.Scope;
import dev.rondo.nn.Model;
import dev.rondo.nn.Parameter;
import dev.rondo.spi.CallbackState;
import dev.rondo.spi.StateReader;
import dev.rondo.spi.StateType;
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
 * The average of a model's weights over a fit, for {@link SWA} and {@link WeightEMA}. The model uses the average in three cases: from a
 * validation to the end of its epoch, so that a model saved there is the one that was validated; during predictions; and permanently after
 * the fit. The average and the weights are swapped without copying, so training continues with exactly the same weights and gradients. The
 * scopes undo a swap however they end; after an error the model has the weights of its last step.
 */
final class AveragedWeights implements CallbackState {
    private static final class Operators {
        static final Operator LERP = Operator.of("aten::_foreach_lerp_", "Scalar");
    }

    private final boolean withBuffers;
    /** The model's tensors. {@link #averages} has the average of each; while the average is shown, it has the weights instead. */
    private List<Tensor> weights = List.of();

    private List<Tensor> averages = List.of();
    private @Nullable IValue weightList; // operator arguments, made once; they stay valid when tensor data is swapped
    private @Nullable IValue averageList;
    private long count;
    private boolean shown;
    private int fits;

    /** @param withBuffers whether buffers of float types are averaged too; otherwise the buffers of training are kept */
    AveragedWeights(boolean withBuffers) {
        this.withBuffers = withBuffers;
    }

    /** Starts a new average at the start of a fit. A nested fit does not start one. */
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

    /** Copies saved averages, which may be on another device. A state that was saved between fits has none. */
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

    /** Whether the running fit is the one that is averaged. */
    boolean averages(Learner learner) {
        return fits == 1 && learner.runKind() == RunKind.FIT;
    }

    /** The number of updates. */
    long count() {
        return count;
    }

    /** Updates the average: average ← average + fraction·(weights − average). The first update copies the weights. */
    void update(double fraction) {
        try (NoGrad off = NoGrad.enter();
                PointerScope temporary = new PointerScope()) {
            IValue average = averageList, weight = weightList;
            if (average == null || weight == null) {
                average = averageList = Handles.own(Operator.list(averages.toArray(Tensor[]::new)));
                weight = weightList = Handles.own(Operator.list(weights.toArray(Tensor[]::new)));
            }
            Operators.LERP.call(average, weight, new IValue(new Scalar(count == 0 ? 1 : fraction)));
        }
        count++;
    }

    /** Makes the model use the average, or the weights, until the innermost scope of this kind ends. */
    void show(Learner learner, boolean average, Scope scope) {
        if (count == 0 || fits == 0 || average == shown || average && fits > 1) return;
        exchange();
        boolean predicts = learner.runKind() == RunKind.PREDICT; // may be nested in an epoch of training, which goes on
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

    /** Replaces the weights by the average at the end of the fit. Returns whether there was one. */
    boolean keep(Learner learner) {
        if (!averages(learner) || count == 0) return false;
        try (NoGrad off = NoGrad.enter()) {
            IntStream.range(0, weights.size()).forEach(i -> weights.get(i).copy_(averages.get(i)));
        }
        return true;
    }

    @Override
    public Map<String, @Nullable Object> saveState() {
        return Map.of("averages", averages, "count", count, "shown", shown);
    }

    /** Called after the model was loaded. If the average was shown when the state was saved, the model was saved with the average. */
    @Override
    public void loadState(Map<String, @Nullable Object> state) {
        StateReader reader = new StateReader("average", state);
        StateType<List<Tensor>> tensors = StateType.collection(
                ArrayList::new, StateType.handle(Tensor.class).required());
        List<Tensor> saved = reader.read("averages", tensors.required());
        long savedCount = reader.read("count", StateType.LONG.required());
        boolean savedShown = reader.read("shown", StateType.BOOLEAN.required());
        reader.end();
        fill(saved);
        count = savedCount;
        boolean now = shown;
        shown = savedShown;
        if (fits > 0 && shown != now) exchange(); // the open scopes will undo the swap that is in effect now
    }
}
