package dev.rondo.optim;

import dev.rondo.check.Argument;
import dev.rondo.check.Range;
import dev.rondo.nn.Parameter;
import dev.rondo.torch.Devices;
import dev.rondo.torch.NoGrad;
import dev.rondo.torch.Torch;
import java.util.ArrayList;
import java.util.HashMap;
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
 * Updates parameters by their gradients.
 *
 * <p>{@link #zeroGrad} drops gradients, which is cheaper than setting them to 0. A missing gradient then counts as zero, so that momentum
 * and weight decay go on. A parameter that never had a gradient is not updated. {@link #step} reads gradients and does not change them;
 * they can be scaled or clipped in place before.
 *
 * <p>Use an optimizer only on the thread that runs the backward pass.
 */
public final class Optimizer implements AutoCloseable {
    /** Makes an optimizer for the parameters of a model. */
    @FunctionalInterface
    public interface Factory {
        /**
         * @param groups the parameter groups of the model; a group may be empty, but not all
         * @param lr the initial learning rate
         * @throws IllegalArgumentException if there are no parameters, one is in the groups twice or is the result of an operator, or the
         *     learning rate is out of range
         */
        Optimizer create(List<List<Parameter>> groups, double lr);
    }

    private final List<ParameterGroup> groups;
    private final UpdateRule rule;
    private final Decay decay;
    private @Nullable List<Bucket> buckets;

    /**
     * @param groups the parameters of each group
     * @param hypers the initial hyper-parameters of each group
     */
    Optimizer(List<List<Parameter>> groups, Map<Hyper, Double> hypers, UpdateRule rule, Decay decay) {
        Torch.start();
        checkParameters(groups);
        for (List<Parameter> group : groups) group.forEach(p -> checkStates(rule.forParameter(p)));
        this.groups =
                groups.stream().map(g -> new ParameterGroup(g, hypers, rule)).toList();
        this.rule = rule;
        this.decay = decay;
    }

    private static void checkParameters(List<List<Parameter>> groups) {
        Map<Long, String> seen = new HashMap<>();
        try (PointerScope temporary = new PointerScope()) {
            for (List<Parameter> group : Argument.all("groups", groups)) {
                for (Parameter p : Argument.all("group", group)) {
                    if (p.tensor().isNull()) {
                        throw new IllegalStateException("The parameter '" + p.name()
                                + "' is closed: close a model after the last run of its learner.");
                    }
                    if (!p.tensor().is_leaf()) {
                        throw new IllegalArgumentException("The parameter '" + p.name()
                                + "' is the result of an operator, and an optimizer takes tensors that are not: detach() it, then"
                                + " set_requires_grad(true).");
                    }
                    String other =
                            seen.putIfAbsent(p.tensor().unsafeGetTensorImpl().address(), p.name());
                    if (other != null) {
                        throw new IllegalArgumentException("The parameters '" + other + "' and '" + p.name()
                                + "' are one tensor, and a step would update it twice: put it into one group, once.");
                    }
                }
            }
        }
        if (seen.isEmpty()) {
            throw new IllegalArgumentException("An optimizer needs parameters, but the model has none.");
        }
    }

    private static void checkStates(UpdateRule rule) {
        Set<String> names = new HashSet<>(Set.of(UpdateRule.STEP));
        for (UpdateRule.State state : rule.states()) {
            if (!names.add(state.name())) {
                throw new IllegalArgumentException("The states of an update rule have names of their own, and '"
                        + state.name() + "' is taken: '" + UpdateRule.STEP + "' is the number of steps.");
            }
        }
    }

    /** The parameter groups, in the order of the model's. */
    public List<ParameterGroup> groups() {
        return groups;
    }

    /**
     * Sets a hyper-parameter of all groups. This writes a number and does not use the device; the next step reads it.
     *
     * @throws IllegalArgumentException if the optimizer does not have it, or the value is out of its range; then nothing has changed
     */
    public void set(Hyper hyper, double value) {
        for (ParameterGroup g : groups) g.set(hyper, value);
    }

    /**
     * Sets a hyper-parameter to one value for each group.
     *
     * @throws IllegalArgumentException if the number of values is not that of the groups, the optimizer does not have the hyper-parameter,
     *     or a value is out of its range; then nothing has changed
     */
    public void set(Hyper hyper, List<Double> values) {
        check(hyper, Argument.given("values", values).size());
        for (int i = 0; i < values.size(); i++)
            groups.get(i).check(hyper, Argument.given("values[" + i + "]", values.get(i)));
        for (int i = 0; i < values.size(); i++) groups.get(i).set(hyper, values.get(i));
    }

    /**
     * Checks that a hyper-parameter can be set to one value for each group.
     *
     * @param values the number of values
     * @throws IllegalArgumentException if the number of values is not that of the groups, or the optimizer does not have the
     *     hyper-parameter
     */
    public void check(Hyper hyper, int values) {
        checkCount(hyper, values, groups.size());
        for (ParameterGroup g : groups) g.get(hyper);
    }

    /**
     * Checks the number of values as {@link #check} does, before there is an optimizer.
     *
     * @throws IllegalArgumentException if {@code values} is not {@code groups}
     */
    public static void checkCount(Hyper hyper, int values, int groups) {
        if (values == groups) return;
        throw new IllegalArgumentException(
                "Trying to set " + values + " values for " + hyper + " but there are " + groups + " parameter groups.");
    }

    /**
     * Values in a geometric sequence, one for each group. One group gets the last value.
     *
     * @param first the value of the first group, above 0
     * @param last the value of the last group, above 0
     */
    public static List<Double> geometric(double first, double last, int groups) {
        Range.POSITIVE.check("The first number of a geometric sequence", first);
        Range.POSITIVE.check("The last number of a geometric sequence", last);
        return IntStream.range(0, groups)
                .mapToObj(i -> groups == 1 ? last : first * Math.pow(last / first, (double) i / (groups - 1)))
                .toList();
    }

    /** Updates every parameter that has, or has had, a gradient. Does not wait for the device. */
    public void step() {
        try (NoGrad off = NoGrad.enter()) {
            for (Bucket bucket : buckets()) {
                try (PointerScope temporary = new PointerScope()) {
                    bucket.step();
                }
            }
        }
    }

    /** Drops all gradients. They count as zero in the next step. */
    public void zeroGrad() {
        buckets().forEach(Bucket::zeroGrad);
    }

    /** Created at the first use, when the model is on its device. */
    private List<Bucket> buckets() {
        if (buckets == null) buckets = split();
        return buckets;
    }

    private List<Bucket> split() {
        List<Bucket> buckets = new ArrayList<>();
        try (PointerScope temporary = new PointerScope()) {
            for (ParameterGroup group : groups) {
                record Kind(UpdateRule rule, boolean decays, ScalarType type, String device) {}
                Map<Kind, List<Parameter>> kinds = group.parameters().stream()
                        .collect(Collectors.groupingBy(
                                p -> new Kind(
                                        rule.forParameter(p),
                                        decay.reaches(p),
                                        p.tensor().scalar_type().intern(),
                                        Devices.name(p.tensor().device())),
                                LinkedHashMap::new,
                                Collectors.toList()));
                kinds.forEach((kind, parameters) ->
                        buckets.add(new Bucket(group, kind.rule(), kind.decays(), decay.coupled(), parameters)));
            }
        }
        return buckets;
    }

    /**
     * The state of the optimizer as named tensors. Each parameter that has had a gradient has {@code <parameter>.step} (int64, the number
     * of its steps) and {@code <parameter>.<state>} (mostly of its shape and type, such as {@code 0.weight.grad_avg}). Each group has {@code
     * group.<number>.<hyper-parameter>} (float64).
     *
     * @return tensors that belong to the caller's native scope and share the optimizer's memory: copy what you use after the next step
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
                            + "': the state of an optimizer needs unique names.");
                }
            }
        }
        try (NoGrad off = NoGrad.enter()) {
            for (Bucket bucket : buckets()) bucket.putState(state);
        }
        return state;
    }

    /**
     * Loads a state of {@link #state()}. It must come from the same kind of optimizer, for parameters with the same names, shapes, types
     * and groups. The model must already be on its device. The tensors may be on any device; they are copied.
     *
     * @throws IllegalArgumentException if the state does not fit; then nothing has changed
     */
    public void load(Map<String, Tensor> state) {
        check(state);
        for (int i = 0; i < groups.size(); i++) {
            for (Hyper hyper : groups.get(i).hypers()) {
                Tensor value = Objects.requireNonNull(state.get(SavedState.hyperName(i, hyper)));
                groups.get(i).set(hyper, value.item_double());
            }
        }
        close();
        try (NoGrad off = NoGrad.enter();
                PointerScope temporary = new PointerScope()) {
            for (Bucket bucket : buckets()) bucket.load(state);
        }
    }

    /**
     * Checks that a state can be {@linkplain #load loaded}.
     *
     * @throws IllegalArgumentException if the state does not fit
     */
    public void check(Map<String, Tensor> state) {
        SavedState.check(Argument.given("state", state), groups, rule);
    }

    /**
     * Forgets the state of all parameters, so that the next step is a first step. Replaces dropped gradients by zeros, so that the
     * parameters still count as having had one, for other optimizers too.
     */
    public void clearState() {
        if (buckets == null) return;
        try (NoGrad off = NoGrad.enter();
                PointerScope temporary = new PointerScope()) {
            buckets.forEach(Bucket::restoreZeros);
        }
        close();
    }

    /**
     * Freezes the parameter groups before the n-th: their parameters no longer require gradients, and those of the other groups do. Drops
     * the gradients of frozen parameters and forgets the state of all parameters, as {@link #clearState} does. Logs a warning if all groups
     * are frozen, or if n is negative and none is, as with a model of one group.
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
        } else if (first < 0) {
            LoggerFactory.getLogger(Optimizer.class)
                    .warn("freezeTo({}) freezes no parameter group: there are {}.", n, groups.size());
        } else if (first == 0 && n < 0) {
            LoggerFactory.getLogger(Optimizer.class)
                    .warn(
                            "freezeTo({}) freezes nothing: the model has {}. Override parameterGroups() of the model, so that"
                                    + " it returns groups from the input to the output, the head last.",
                            n,
                            groups.size() == 1 ? "one parameter group" : groups.size() + " parameter groups");
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

    /** Frees the state. Parameters belong to the model. */
    @Override
    public void close() {
        if (buckets != null) buckets.forEach(Bucket::close);
        buckets = null;
    }

    /** The rule, and a line for each parameter group. */
    @Override
    public String toString() {
        return "Optimizer " + rule.label()
                + IntStream.range(0, groups.size())
                        .mapToObj(i -> "\n  group " + i + ": " + groups.get(i))
                        .collect(Collectors.joining());
    }
}
