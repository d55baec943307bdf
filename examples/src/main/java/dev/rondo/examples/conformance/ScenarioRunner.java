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
    private final Map<String, ScenarioCallback> parts = new LinkedHashMap<>();
    private final DataLoader train;
    private final DataLoader valid;
    private final LinearModel line;
    private final List<Object> results = new ArrayList<>();
    private List<Object> trace = new ArrayList<>();
    private Learner learner;
    private int step = -1;

    ScenarioRunner(Fields scenario) {
        this.scenario = scenario;
        for (String place : List.of("callbacks", "pool")) {
            for (Fields f : scenario.objects(place)) {
                parts.put(
                        f.text("name"),
                        new ScenarioCallback(f, f.has("type") ? BuiltIn.of(f) : new ScriptedCallback(f, this)));
            }
        }
        train = new Numbers(sizes("train"));
        valid = new Numbers(sizes("valid"));
        line = new LinearModel(scenario.integer("groups", 1));
    }

    private List<Integer> sizes(String key) {
        return scenario.list(key).stream().map(n -> ((Number) n).intValue()).toList();
    }

    /** Runs the scenario. Returns the observations: first that of the construction, then one for each step. */
    List<Object> run() {
        try (PointerScope memory = new PointerScope()) {
            result(() -> learner = builder().build(), Map.of());
            learner.noLogging();
            for (Fields s : scenario.objects("steps")) {
                step++;
                Map<String, Object> more = new LinkedHashMap<>();
                result(() -> perform(s, more), more);
            }
        }
        return results;
    }

    private LearnerBuilder builder() {
        LearnerBuilder builder = Learner.builder(new DataLoaders(train, valid), line, Losses.mse())
                .lr(scenario.number("lr", 1e-3))
                .optimizer(optimizer())
                .progress(false)
                .recorder(recorder());
        if (scenario.flag("mae", false)) {
            builder.metrics(Metrics.average("mae", (pred, y) -> pred.sub(y).abs()));
        }
        for (Fields f : scenario.objects("callbacks")) {
            ScenarioCallback part = part(f.text("name"));
            builder.callback(part.name(), part.callback(), part::registered);
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
        Fields o = scenario.object("optimizer").orElse(new Fields(Map.of("name", "sgd")));
        return switch (o.text("name")) {
            case "sgd" -> Optimizers.unfusedSgd(o.number("mom", 0), o.number("wd", 0));
            case "adam" ->
                Optimizers.unfusedAdam()
                        .withMom(o.number("mom", 0.9))
                        .withSqrMom(o.number("sqrMom", 0.99))
                        .withEps(o.number("eps", 1e-5))
                        .withWd(o.number("wd", 0.01));
            case "rmsprop" ->
                Optimizers.rmsProp()
                        .withMom(o.number("mom", 0))
                        .withSqrMom(o.number("sqrMom", 0.99))
                        .withEps(1e-8) // fastai's RMSProp ignores its argument eps
                        .withWd(o.number("wd", 0));
            default -> throw new IllegalArgumentException("There is no optimizer '" + o.text("name") + "'.");
        };
    }

    private void perform(Fields s, Map<String, Object> more) {
        switch (s.text("do")) {
            case "fit", "fitOneCycle", "fitFlatCos", "fitSgdr" -> {
                try {
                    fit(s);
                } finally {
                    describeFit(more);
                }
            }
            case "validate" -> {
                try {
                    learner.validate(loader(s), options -> callbacks(s, options));
                } finally {
                    Optional<EpochRow> row = learner.recorder().last();
                    more.put("rows", row.stream().map(ScenarioRunner::row).toList());
                }
            }
            case "getPreds" -> {
                try (Predictions p = learner.getPreds(loader(s), PredictOptions::withLosses)) {
                    more.put("preds", values(p.preds()));
                    more.put("targets", values(p.targets()));
                    more.put("losses", values(p.losses()));
                }
            }
            case "add" -> add(s.text("callback"));
            case "remove" -> remove(s.text("callback"));
            case "freezeTo" -> learner.freezeTo(s.integer("n", 0));
            default -> throw new IllegalArgumentException("No step is called '" + s.text("do") + "'.");
        }
    }

    private void fit(Fields s) {
        int epochs = s.integer("epochs", 1);
        Consumer<FitOptions> how = options -> options(s, options);
        switch (s.text("do")) {
            case "fitOneCycle" -> fit(epochs, new OneCycle().withPctStart(s.number("pctStart", 0.25)), how);
            case "fitFlatCos" -> fit(epochs, new FlatCosine().withPctStart(s.number("pctStart", 0.75)), how);
            case "fitSgdr" -> {
                WarmRestarts restarts =
                        new WarmRestarts(s.integer("cycles", 1), s.integer("cycleLen", 1), s.integer("cycleMult", 2));
                fit(restarts.epochs(), restarts, how);
            }
            default -> learner.fit(epochs, how);
        }
    }

    private void fit(int epochs, FitSchedule schedule, Consumer<FitOptions> how) {
        learner.fit(epochs, fit -> how.accept(fit.schedule(schedule)));
    }

    private void options(Fields s, FitOptions options) {
        String lr = s.has("lrMax") ? "lrMax" : "lr";
        if (s.has(lr)) {
            List<Double> rates = s.numbers(lr);
            if (rates.size() == 1) options.lr(rates.get(0));
            else options.lr(rates);
        }
        if (s.has("wd")) options.wd(s.number("wd", 0));
        if (s.flag("resetOptimizer", false)) options.resetOptimizer();
        options.startEpoch(s.integer("startEpoch", 0));
        callbacks(s, options);
    }

    private void callbacks(Fields s, RunOptions<?> options) {
        for (Object name : s.list("callbacks")) {
            ScenarioCallback part = part((String) name);
            options.callback(part.name(), part.callback(), part::registered);
        }
    }

    private DataLoader loader(Fields s) {
        return "train".equals(s.text("data")) ? train : valid;
    }

    private void describeFit(Map<String, Object> more) {
        Map<String, Object> state = new LinkedHashMap<>();
        for (String key : List.of("epoch", "nEpoch", "trainIter", "pctTrain", "training"))
            state.put(key, Snapshot.of(key, learner));
        more.put("state", state);
        Recorder recorder = learner.recorder();
        more.put("rows", recorder.rows().stream().map(ScenarioRunner::row).toList());
        more.put("smoothLosses", json(recorder.smoothLosses()));
        more.put("lrs", json(recorder.lrs()));
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
    private void result(Runnable action, Map<String, Object> more) {
        trace = new ArrayList<>();
        Object outcome = outcome(action);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("trace", trace);
        result.put("outcome", outcome);
        result.put("callbacks", learner == null ? List.of() : registered());
        result.put("params", Snapshot.json(line.values()));
        result.put("grads", Snapshot.json(line.gradients()));
        result.putAll(more);
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

    private List<String> registered() {
        return learner.callbacks().stream()
                .map(h -> h.name())
                .filter(parts::containsKey)
                .toList();
    }

    // ---- for scripted callbacks

    int step() {
        return step;
    }

    /** Sets the learner. Its callbacks receive an event before its builder returns it, so they pass it on here. */
    void created(Learner created) {
        learner = created;
    }

    void write(Object entry) {
        trace.add(entry);
    }

    ScenarioCallback part(String name) {
        return Optional.ofNullable(parts.get(name))
                .orElseThrow(() -> new IllegalArgumentException("The scenario has no callback '" + name + "'."));
    }

    void add(String name) {
        if (!registered().contains(name))
            part(name).registered(learner.add(name, part(name).callback()));
    }

    void remove(String name) {
        if (registered().contains(name)) learner.remove(part(name).handle());
    }

    @Override
    public void close() {
        if (learner != null) learner.close();
        line.close();
    }
}
