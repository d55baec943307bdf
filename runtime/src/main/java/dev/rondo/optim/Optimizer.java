package dev.rondo.optim;

import dev.rondo.nn.Parameter;
import dev.rondo.torch.Devices;
import dev.rondo.torch.NoGrad;
import dev.rondo.torch.Torch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Moves parameters along their gradients. A gradient is dropped when it has been used, which is cheaper than zeroing it: where there was
 * one before, none counts as zero, so that momentum and decay go on as they do with zeroed gradients. A parameter that never had a
 * gradient is left alone. Gradients are read and never changed, so what scales or clips them in place before the step has the last word.
 *
 * <p>To be used on the thread that runs the backward pass.
 */
public final class Optimizer implements AutoCloseable {
    /** How to make an optimizer, once the model is there. */
    @FunctionalInterface
    public interface Factory {
        /**
         * @param groups the model's parameters
         * @param lr the learning rate to start with
         */
        Optimizer create(List<List<Parameter>> groups, double lr);
    }

    private final List<ParameterGroup> groups;
    private final UpdateRule method;
    private final Decay decay;
    private @Nullable List<Bucket> parts;

    /**
     * @param groups the parameters of each group
     * @param hypers the hyper-parameters that each group starts with
     */
    Optimizer(List<List<Parameter>> groups, Map<Hyper, Double> hypers, UpdateRule method, Decay decay) {
        Torch.start();
        this.groups = groups.stream().map(g -> new ParameterGroup(g, hypers)).toList();
        this.method = method;
        this.decay = decay;
    }

    /** The groups, in the sequence of the model's. */
    public List<ParameterGroup> groups() {
        return groups;
    }

    /** Sets a hyper-parameter of all groups. Cheap, and without effect on the device before the next step. */
    public void set(Hyper hyper, double value) {
        for (ParameterGroup g : groups) g.set(hyper, value);
    }

    /** Sets a hyper-parameter, one value for each group. */
    public void set(Hyper hyper, List<Double> values) {
        check(hyper, values.size());
        for (int i = 0; i < values.size(); i++) groups.get(i).set(hyper, values.get(i));
    }

    /**
     * Checks whether so many values can be set.
     *
     * @throws IllegalArgumentException if there is another number of groups, or the optimizer does not have the hyper-parameter
     */
    public void check(Hyper hyper, int values) {
        checkCount(hyper, values, groups.size());
        for (ParameterGroup g : groups) g.get(hyper);
    }

    /** The same, where there is no optimizer yet. */
    public static void checkCount(Hyper hyper, int values, int groups) {
        if (values == groups) return;
        throw new IllegalArgumentException(
                "Trying to set " + values + " values for " + hyper + " but there are " + groups + " parameter groups.");
    }

    /** Values in equal ratios, from the first group to the last; of one group, the last. */
    public static List<Double> geometric(double first, double last, int groups) {
        return IntStream.range(0, groups)
                .mapToObj(i -> groups == 1 ? last : first * Math.pow(last / first, (double) i / (groups - 1)))
                .toList();
    }

    /** One step for every parameter that has, or had, a gradient. Does not wait for the device. */
    public void step() {
        try (NoGrad off = NoGrad.enter()) {
            for (Bucket p : parts()) {
                try (PointerScope temporary = new PointerScope()) {
                    p.step();
                }
            }
        }
    }

    /** Drops all gradients; for the next step they count as zero. */
    public void zeroGrad() {
        parts().forEach(Bucket::zeroGrad);
    }

    /** Made late: by now the model is on its device. */
    private List<Bucket> parts() {
        if (parts == null) parts = split();
        return parts;
    }

    private List<Bucket> split() {
        List<Bucket> parts = new ArrayList<>();
        try (PointerScope temporary = new PointerScope()) {
            for (ParameterGroup group : groups) {
                record Kind(boolean decays, ScalarType type, String device) {}
                Map<Kind, List<Parameter>> kinds = group.parameters().stream()
                        .collect(Collectors.groupingBy(
                                p -> new Kind(
                                        decay.reaches(p),
                                        p.tensor().scalar_type().intern(),
                                        Devices.name(p.tensor().device())),
                                LinkedHashMap::new,
                                Collectors.toList()));
                kinds.forEach((kind, parameters) ->
                        parts.add(new Bucket(group, method, kind.decays(), decay.coupled(), parameters)));
            }
        }
        return parts;
    }

    /**
     * All that later steps depend on besides parameters and gradients: for each parameter that has taken part {@code
     * <parameter>.step} (int64, the number of its steps) and {@code <parameter>.<state>} (of the parameter's shape and type, as {@code
     * 0.weight.grad_avg}); for each group {@code group.<number>.<hyper-parameter>} (float64).
     *
     * @return tensors that belong to the caller's native scope and share the optimizer's memory: copy what is to outlive its next step
     * @throws IllegalStateException if two parameters have the same name
     */
    public Map<String, Tensor> state() {
        Set<String> names = new HashSet<>();
        Map<String, Tensor> state = new LinkedHashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            for (Hyper hyper : groups.get(i).hypers()) {
                Scalar value = new Scalar(groups.get(i).get(hyper));
                state.put(
                        SavedState.hyperName(i, hyper),
                        torch.full(new long[0], value, new TensorOptions(ScalarType.Double)));
            }
            for (Parameter p : groups.get(i).parameters()) {
                if (!names.add(p.name())) {
                    throw new IllegalStateException("Two parameters are named '" + p.name()
                            + "', so the state of the optimizer cannot be told apart by name.");
                }
            }
        }
        try (NoGrad off = NoGrad.enter()) {
            for (Bucket p : parts()) p.list(state);
        }
        return state;
    }

    /**
     * Goes on from a state that {@link #state()} gave, of an optimizer of the same kind for parameters of the same names, shapes, types
     * and groups. The model has to be on its device by now; the tensors may be on any, and are copied.
     *
     * @throws IllegalArgumentException if something does not fit; then nothing has changed
     */
    public void load(Map<String, Tensor> state) {
        SavedState.check(state, groups, method.states());
        for (int i = 0; i < groups.size(); i++) {
            for (Hyper hyper : groups.get(i).hypers()) {
                Tensor value = Objects.requireNonNull(state.get(SavedState.hyperName(i, hyper)));
                groups.get(i).set(hyper, value.item_double());
            }
        }
        close();
        try (NoGrad off = NoGrad.enter();
                PointerScope temporary = new PointerScope()) {
            for (Bucket p : parts()) p.load(state);
        }
    }

    /**
     * Forgets the state of all parameters: the next step is like a first one. Gradients that were dropped are there again, as zeros, so
     * that the parameters still count as having had one, for another optimizer too.
     */
    public void clearState() {
        if (parts == null) return;
        try (NoGrad off = NoGrad.enter();
                PointerScope temporary = new PointerScope()) {
            parts.forEach(Bucket::leaveZeros);
        }
        close();
    }

    /**
     * Freezes the parameter groups before the n-th: their parameters no longer require gradients, and those of the other groups do.
     * Drops the gradients of frozen parameters and forgets the state of all parameters, as {@link #clearState} does. If all groups are
     * frozen, logs a warning.
     *
     * @param n the first group to train, counted from 0; a negative number counts from the end, so −1 trains only the last group
     * @param trainNorms whether the parameters of normalization layers are trained in frozen groups too
     * @see <a href="https://docs.fast.ai/optimizer.html#optimizer.freeze_to">fastai, Optimizer.freeze_to</a>
     */
    public void freezeTo(int n, boolean trainNorms) {
        int first = n < 0 ? groups.size() + n : n;
        if (first >= groups.size()) {
            LoggerFactory.getLogger(Optimizer.class)
                    .warn("freezeTo({}) freezes all {} parameter groups: nothing is left to train.", n, groups.size());
        }
        clearState();
        for (int i = 0; i < groups.size(); i++) {
            for (Parameter p : groups.get(i).parameters()) {
                boolean trains = i >= first || trainNorms && p.role() == Parameter.Role.NORM;
                p.tensor().set_requires_grad(trains);
                if (!trains) p.tensor().mutable_grad().reset();
            }
        }
    }

    /** Frees the state. The parameters are the model's. */
    @Override
    public void close() {
        if (parts != null) parts.forEach(Bucket::close);
        parts = null;
    }
}
