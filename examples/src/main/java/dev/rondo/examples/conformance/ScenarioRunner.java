package dev.rondo.examples.conformance;

import dev.rondo.CallbackException;
import dev.rondo.EpochRow;
import dev.rondo.FitOptions;
import dev.rondo.Learner;
import dev.rondo.LearnerBuilder;
import dev.rondo.PredictOptions;
import dev.rondo.Predictions;
import dev.rondo.Recorder;
import dev.rondo.RunOptions;
import dev.rondo.UncaughtCancelException;
import dev.rondo.Undo;
import dev.rondo.data.DataLoader;
import dev.rondo.data.DataLoaders;
import dev.rondo.loss.Losses;
import dev.rondo.metric.Metrics;
import dev.rondo.optim.Optimizer;
import dev.rondo.optim.Optimizers;
import dev.rondo.schedule.FitSchedule;
import dev.rondo.schedule.FlatCosine;
import dev.rondo.schedule.OneCycle;
import dev.rondo.schedule.WarmRestarts;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** Runs one scenario on a new learner: first the construction, then each step. A step that fails does not end the scenario. */
final class ScenarioRunner implements AutoCloseable {
    private final Fields scenario;
    private final Map<String, ScenarioCallback> callbacks = new LinkedHashMap<>();
    private final DataLoader train;
    private final DataLoader valid;
    private final LinearModel model;
    private final List<Object> results = new ArrayList<>();
    private List<Object> trace = new ArrayList<>();
    private Learner learner;
    private int stepIndex = -1;

    ScenarioRunner(Fields scenario) {
        this.scenario = scenario;
        for (String key : List.of("callbacks", "pool")) {
            for (Fields description : scenario.objects(key)) {
                callbacks.put(
                        description.text("name"),
                        new ScenarioCallback(
                                description,
                                description.has("type")
                                        ? BuiltIn.create(description)
                                        : new ScriptedCallback(description, this)));
            }
        }
        train = new Numbers(sizes("train"));
        valid = new Numbers(sizes("valid"));
        model = new LinearModel(scenario.integer("groups", 1));
    }

    private List<Integer> sizes(String key) {
        return scenario.list(key).stream().map(n -> ((Number) n).intValue()).toList();
    }

    /** Runs the scenario. Returns the observations: first that of the construction, then one for each step. */
    List<Object> run() {
        try (PointerScope memory = new PointerScope()) {
            result(() -> learner = builder().build(), Map.of());
            try (Undo quiet = learner.noLogging()) {
                for (Fields step : scenario.objects("steps")) {
                    stepIndex++;
                    Map<String, Object> details = new LinkedHashMap<>();
                    result(() -> perform(step, details), details);
                }
            }
        }
        return results;
    }

    private LearnerBuilder builder() {
        LearnerBuilder builder = Learner.builder(new DataLoaders(train, valid), model, Losses.mse())
                .lr(scenario.number("lr", 1e-3))
                .optimizer(optimizer())
                .progress(false)
                .recorder(recorder());
        if (scenario.flag("mae", false)) {
            builder.metrics(Metrics.average("mae", (pred, y) -> pred.sub(y).abs()));
        }
        for (Fields description : scenario.objects("callbacks")) {
            ScenarioCallback callback = callback(description.text("name"));
            builder.callback(callback.name(), callback.instance(), callback::registered);
        }
        return builder;
    }

    private Recorder recorder() {
        Fields options = scenario.object("recorder").orElse(new Fields(Map.of()));
        Recorder recorder = new Recorder();
        if (options.flag("trainMetrics", false)) recorder = recorder.withTrainMetrics();
        return options.flag("validMetrics", true) ? recorder : recorder.withoutValidation();
    }

    private Optimizer.Factory optimizer() {
        Fields options = scenario.object("optimizer").orElse(new Fields(Map.of("name", "sgd")));
        return switch (options.text("name")) {
            case "sgd" -> Optimizers.unfusedSgd(options.number("mom", 0), options.number("wd", 0));
            case "adam" ->
                Optimizers.unfusedAdam()
                        .withMom(options.number("mom", 0.9))
                        .withSqrMom(options.number("sqrMom", 0.99))
                        .withEps(options.number("eps", 1e-5))
                        .withWd(options.number("wd", 0.01));
            case "rmsprop" ->
                Optimizers.rmsProp()
                        .withMom(options.number("mom", 0))
                        .withSqrMom(options.number("sqrMom", 0.99))
                        .withEps(1e-8) // fastai's RMSProp ignores its argument eps
                        .withWd(options.number("wd", 0));
            default -> throw new IllegalArgumentException("There is no optimizer '" + options.text("name") + "'.");
        };
    }

    private void perform(Fields step, Map<String, Object> details) {
        switch (step.text("do")) {
            case "fit", "fitOneCycle", "fitFlatCos", "fitSgdr" -> {
                try {
                    fit(step);
                } finally {
                    describeFit(details);
                }
            }
            case "validate" -> {
                try {
                    learner.validate(loader(step), options -> addCallbacks(step, options));
                } finally {
                    Optional<EpochRow> row = learner.recorder().last();
                    details.put("rows", row.stream().map(ScenarioRunner::row).toList());
                }
            }
            case "getPreds" -> {
                try (Predictions predictions = learner.getPreds(loader(step), PredictOptions::withLosses)) {
                    details.put("preds", values(predictions.preds()));
                    details.put("targets", values(predictions.targets()));
                    details.put("losses", values(predictions.losses()));
                }
            }
            case "add" -> add(step.text("callback"));
            case "remove" -> remove(step.text("callback"));
            case "freezeTo" -> learner.freezeTo(step.integer("n", 0));
            default -> throw new IllegalArgumentException("No step is called '" + step.text("do") + "'.");
        }
    }

    private void fit(Fields step) {
        int epochs = step.integer("epochs", 1);
        Consumer<FitOptions> configuration = options -> configure(step, options);
        switch (step.text("do")) {
            case "fitOneCycle" ->
                fit(epochs, new OneCycle().withPctStart(step.number("pctStart", 0.25)), configuration);
            case "fitFlatCos" ->
                fit(epochs, new FlatCosine().withPctStart(step.number("pctStart", 0.75)), configuration);
            case "fitSgdr" -> {
                WarmRestarts restarts = new WarmRestarts(
                        step.integer("cycles", 1), step.integer("cycleLen", 1), step.integer("cycleMult", 2));
                fit(restarts.epochs(), restarts, configuration);
            }
            default -> learner.fit(epochs, configuration);
        }
    }

    private void fit(int epochs, FitSchedule schedule, Consumer<FitOptions> configuration) {
        learner.fit(epochs, options -> configuration.accept(options.schedule(schedule)));
    }

    private void configure(Fields step, FitOptions options) {
        String lr = step.has("lrMax") ? "lrMax" : "lr";
        if (step.has(lr)) {
            List<Double> lrs = step.numbers(lr);
            if (lrs.size() == 1) options.lr(lrs.get(0));
            else options.lr(lrs);
        }
        if (step.has("wd")) options.wd(step.number("wd", 0));
        if (step.flag("resetOptimizer", false)) options.resetOptimizer();
        options.startEpoch(step.integer("startEpoch", 0));
        addCallbacks(step, options);
    }

    private void addCallbacks(Fields step, RunOptions<?> options) {
        for (Object name : step.list("callbacks")) {
            ScenarioCallback callback = callback((String) name);
            options.callback(callback.name(), callback.instance(), callback::registered);
        }
    }

    private DataLoader loader(Fields step) {
        return "train".equals(step.text("data")) ? train : valid;
    }

    private void describeFit(Map<String, Object> details) {
        Map<String, Object> state = new LinkedHashMap<>();
        for (String key : List.of("epoch", "nEpoch", "trainIter", "pctTrain", "training"))
            state.put(key, Snapshot.of(key, learner));
        details.put("state", state);
        Recorder recorder = learner.recorder();
        details.put("rows", recorder.rows().stream().map(ScenarioRunner::row).toList());
        details.put("smoothLosses", json(recorder.smoothLosses()));
        details.put("lrs", json(recorder.lrs()));
    }

    private static Map<String, Object> row(EpochRow row) {
        Map<String, Object> cells = new LinkedHashMap<>();
        cells.put("epoch", row.epoch());
        row.cells().forEach((column, value) -> cells.put(column, Snapshot.json(value)));
        return cells;
    }

    private static List<Object> values(Optional<Tensor> tensor) {
        if (tensor.isEmpty()) return List.of();
        FloatBuffer buffer = tensor.get().contiguous().createBuffer();
        double[] values = new double[buffer.remaining()];
        for (int i = 0; i < values.length; i++) values[i] = buffer.get(i);
        return json(values);
    }

    private static List<Object> json(double[] values) {
        return Arrays.stream(values).mapToObj(Snapshot::json).toList();
    }

    /** Performs an action on the learner and records its result. */
    private void result(Runnable action, Map<String, Object> details) {
        trace = new ArrayList<>();
        Object outcome = outcome(action);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("trace", trace);
        result.put("outcome", outcome);
        result.put("callbacks", learner == null ? List.of() : registeredNames());
        result.put("params", Snapshot.json(model.values()));
        result.put("grads", Snapshot.json(model.gradients()));
        result.putAll(details);
        results.add(result);
    }

    private static Object outcome(Runnable action) {
        try {
            action.run();
            return "ok";
        } catch (CallbackException e) {
            return failure("error", e.getCause().getMessage(), e.callback(), e.event());
        } catch (UncaughtCancelException e) {
            return failure("illegal", e.cancel().scope().name().toLowerCase(Locale.ROOT), e.callback(), e.event());
        }
    }

    private static Map<String, Object> failure(String kind, String text, String callback, String event) {
        Map<String, Object> outcome = new LinkedHashMap<>();
        outcome.put(kind, text);
        outcome.put("callback", callback);
        outcome.put("event", event);
        return outcome;
    }

    private List<String> registeredNames() {
        return learner.callbacks().stream()
                .map(handle -> handle.name())
                .filter(callbacks::containsKey)
                .toList();
    }

    // ---- for scripted callbacks

    int stepIndex() {
        return stepIndex;
    }

    /** Sets the learner. Its callbacks receive an event before its builder returns it, so they pass it on here. */
    void setLearner(Learner learner) {
        this.learner = learner;
    }

    void addToTrace(Object entry) {
        trace.add(entry);
    }

    ScenarioCallback callback(String name) {
        return Optional.ofNullable(callbacks.get(name))
                .orElseThrow(() -> new IllegalArgumentException("The scenario has no callback '" + name + "'."));
    }

    void add(String name) {
        if (!registeredNames().contains(name))
            callback(name).registered(learner.add(name, callback(name).instance()));
    }

    void remove(String name) {
        if (registeredNames().contains(name)) learner.remove(callback(name).handle());
    }

    @Override
    public void close() {
        if (learner != null) learner.close();
        model.close();
    }
}
