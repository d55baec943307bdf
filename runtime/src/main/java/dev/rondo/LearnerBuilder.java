package dev.rondo;

import dev.rondo.check.Argument;
import dev.rondo.check.ObjectText;
import dev.rondo.data.DataLoaders;
import dev.rondo.loss.Loss;
import dev.rondo.metric.Metric;
import dev.rondo.nn.Model;
import dev.rondo.optim.Hyper;
import dev.rondo.optim.Optimizer;
import dev.rondo.optim.Optimizers;
import dev.rondo.spi.CallbackPlan;
import dev.rondo.spi.CallbackTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Builds a {@link Learner}. */
public final class LearnerBuilder {
    final DataLoaders dataLoaders;
    final Model model;
    final Loss loss;
    Optimizer.Factory optimizer = Optimizers.adamW();
    final List<Metric> metrics = new ArrayList<>();
    final Map<String, String> settings = new LinkedHashMap<>();
    double lr = 1e-3;
    private final Map<String, CallbackSpec> named = new LinkedHashMap<>();
    boolean trainNorms = true;

    @Nullable
    CallbackPlan<?> plan;

    @Nullable
    Long seed;

    private boolean defaults = true;
    private boolean progress = true;
    private Recorder recorder = new Recorder();

    LearnerBuilder(DataLoaders dataLoaders, Model model, Loss loss) {
        this.dataLoaders = Argument.given("dataLoaders", dataLoaders);
        this.model = Argument.given("model", model);
        this.loss = Argument.given("loss", loss);
    }

    /** The optimizer, which the first fit makes; by default {@link Optimizers#adamW()}. */
    public LearnerBuilder optimizer(Optimizer.Factory optimizer) {
        this.optimizer = Argument.given("optimizer", optimizer);
        return this;
    }

    /** The learning rate of fits that set none, 0 or more; by default 0.001. */
    public LearnerBuilder lr(double lr) {
        this.lr = Hyper.LR.check(lr);
        return this;
    }

    /**
     * A seed for what layers draw in the learner's runs, such as dropout. By default the learner continues from the seed of the thread: that
     * of {@link dev.rondo.torch.Torch#seed}, or of {@link dev.rondo.torch.Generators#seedHere} if the learner is built in its scope. A learner
     * draws from generators of its own in both cases, so that its runs do not depend on other threads.
     */
    public LearnerBuilder seed(long seed) {
        this.seed = seed;
        return this;
    }

    /** Whether normalization layers are trained in frozen parameter groups; by default they are. */
    public LearnerBuilder trainNorms(boolean trainNorms) {
        this.trainNorms = trainNorms;
        return this;
    }

    /**
     * A setting of the program that decides what is trained and that the learner cannot see, such as the name of a data set. Checkpoints
     * have it, and a run with another value does not go on from them.
     */
    public LearnerBuilder setting(String name, Object value) {
        settings.put(Argument.name("A setting", name), String.valueOf(Argument.given("value", value)));
        return this;
    }

    /** The metrics of the recorder, in the sequence of their columns. */
    public LearnerBuilder metrics(Metric... metrics) {
        this.metrics.addAll(Argument.all("metrics", metrics));
        return this;
    }

    /** Callbacks, registered after the default ones, under names derived from their classes. */
    public LearnerBuilder callbacks(Object... callbacks) {
        for (Object c : Argument.all("callbacks", callbacks))
            callback(CallbackSpec.of(c).name(), c);
        return this;
    }

    /** A callback with a name for its registration. */
    public LearnerBuilder callback(String name, Object callback) {
        return callback(name, callback, handle -> {});
    }

    /**
     * A callback with a name for its registration.
     *
     * @param setUp sets switches and order before the first event fires
     */
    public LearnerBuilder callback(String name, Object callback, Consumer<CallbackHandle> setUp) {
        CallbackSpec spec = new CallbackSpec(name, callback, setUp);
        if (named.putIfAbsent(name, spec) != null) {
            throw new IllegalArgumentException(
                    "Two callbacks named '" + name + "'. Give one a name of its own: callback(\"…\", callback).");
        }
        return this;
    }

    /**
     * The callbacks of a plan, registered after the default ones that it does not list. The plan's code calls them while they are the only
     * callbacks of the learner.
     *
     * @param plan an object of the class that is generated for a {@link dev.rondo.annotation.TrainingPlan}
     */
    public LearnerBuilder plan(CallbackPlan<?> plan) {
        if (this.plan != null) throw new IllegalArgumentException("A learner has one plan; list all callbacks in it.");
        this.plan = Argument.given("plan", plan);
        return this;
    }

    /** Whether to register {@link TrainEvalCallback}, {@link Recorder} and {@link ProgressCallback}; by default yes. */
    public LearnerBuilder defaultCallbacks(boolean defaults) {
        this.defaults = defaults;
        return this;
    }

    /** Whether a {@link ProgressCallback} is among the default callbacks; by default yes. */
    public LearnerBuilder progress(boolean progress) {
        this.progress = progress;
        return this;
    }

    /** The recorder among the default callbacks; by default {@code new Recorder()}. */
    public LearnerBuilder recorder(Recorder recorder) {
        this.recorder = Argument.given("recorder", recorder);
        return this;
    }

    /**
     * The learner; {@link dev.rondo.event.Event#AFTER_CREATE} has fired. Logs a warning if a layer of the model has another layer in a field
     * without {@link dev.rondo.nn.Layer#child registering} it.
     *
     * @throws IllegalArgumentException if two columns of the recorder, or two callbacks, would have one name, or if a callback is not
     *     accepted; see {@link Learner#add(String, Object)}
     */
    public Learner build() {
        return new Learner(this);
    }

    /** All callbacks, in the order of their registration. */
    List<CallbackSpec> callbackSpecs() {
        List<CallbackSpec> all = new ArrayList<>();
        List<CallbackSpec> planned = planned();
        if (defaults) {
            List<Object> usual = new ArrayList<>(List.of(new TrainEvalCallback(), recorder));
            if (progress) usual.add(new ProgressCallback());
            usual.removeIf(callback -> planned.stream()
                    .anyMatch(given -> callback.getClass().isInstance(CallbackRegistry.itself(given.callback()))));
            usual.forEach(callback -> all.add(CallbackSpec.of(callback)));
        }
        all.addAll(planned);
        all.addAll(named.values());
        return all;
    }

    /** The tables of the plan. The second name of a class that it lists twice gets a number. */
    private List<CallbackSpec> planned() {
        Map<String, CallbackSpec> byName = new LinkedHashMap<>();
        for (CallbackTable<?> table : plan == null ? List.<CallbackTable<?>>of() : plan.tables()) {
            CallbackSpec given = CallbackSpec.of(table);
            String name = given.name();
            for (int i = 2; byName.containsKey(name); i++) name = given.name() + "_" + i;
            byName.put(name, new CallbackSpec(name, table, given.setUp()));
        }
        return List.copyOf(byName.values());
    }

    @Override
    public String toString() {
        return "LearnerBuilder of " + ObjectText.of(model);
    }
}
