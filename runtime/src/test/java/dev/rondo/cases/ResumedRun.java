package dev.rondo.cases;

import static dev.rondo.event.Event.AFTER_BATCH;
import static dev.rondo.event.Event.AFTER_EPOCH;
import static dev.rondo.event.Event.BEFORE_BATCH;

import dev.rondo.Callbacks;
import dev.rondo.EpochRow;
import dev.rondo.FitOptions;
import dev.rondo.Learner;
import dev.rondo.LearnerBuilder;
import dev.rondo.Precision;
import dev.rondo.Recorder;
import dev.rondo.callback.ActivationStats;
import dev.rondo.callback.CSVLogger;
import dev.rondo.callback.Checkpoints;
import dev.rondo.callback.EarlyStopping;
import dev.rondo.callback.FetchPreds;
import dev.rondo.callback.GradientAccumulation;
import dev.rondo.callback.GradientClip;
import dev.rondo.callback.GradientNormMonitor;
import dev.rondo.callback.LearningRateMonitor;
import dev.rondo.callback.MixUp;
import dev.rondo.callback.Monitor;
import dev.rondo.callback.NonFiniteLoss;
import dev.rondo.callback.ReduceLROnPlateau;
import dev.rondo.callback.SWA;
import dev.rondo.callback.SaveModel;
import dev.rondo.callback.ShortEpoch;
import dev.rondo.callback.TerminateOnNaN;
import dev.rondo.callback.WeightEMA;
import dev.rondo.data.Batch;
import dev.rondo.data.DataLoaders;
import dev.rondo.data.TensorLoader;
import dev.rondo.loss.Losses;
import dev.rondo.metric.Metric;
import dev.rondo.metric.Metrics;
import dev.rondo.nn.BatchNorm1d;
import dev.rondo.nn.BatchNorm2d;
import dev.rondo.nn.Conv2d;
import dev.rondo.nn.Dropout;
import dev.rondo.nn.Flatten;
import dev.rondo.nn.Layer;
import dev.rondo.nn.Linear;
import dev.rondo.nn.Parameter;
import dev.rondo.nn.ReLU;
import dev.rondo.nn.Sequential;
import dev.rondo.optim.Optimizer;
import dev.rondo.optim.Optimizers;
import dev.rondo.schedule.FineTuning;
import dev.rondo.schedule.OneCycle;
import dev.rondo.schedule.Schedules;
import dev.rondo.torch.Torch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A random training: optimizer, schedule, precision, accumulation, callbacks and metrics are drawn from a seed. It can be stopped after any
 * number of batches, and goes on in a new learner.
 */
final class ResumedRun {
    private final long seed;
    private final Path folder;
    private final StringBuilder what = new StringBuilder();
    private int stopAfter = Integer.MAX_VALUE;
    private boolean kills;
    int batches; // of training and validation, of the last process
    boolean stopped;

    ResumedRun(long seed, Path folder) {
        this.seed = seed;
        this.folder = folder;
    }

    /** What was drawn. */
    @Override
    public String toString() {
        return "seed " + seed + ": " + what;
    }

    /** Stops at the n-th batch, as a signal would; or dies there, so that only checkpoints of earlier batches are left. */
    ResumedRun interruptedAfter(int n, boolean dies) {
        stopAfter = n;
        kills = dies;
        return this;
    }

    private static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** One process: builds the learner, resumes, trains. Returns all that it has come to. */
    Map<String, String> process() {
        what.setLength(0);
        batches = 0;
        Random random = new Random(seed);
        Torch.seed(seed);
        try (PointerScope all = new PointerScope()) {
            Tensor x = torch.randn(40, 4), y = torch.argmax(x, new LongOptional(1), false);
            Layer model = new TwoGroups(random.nextBoolean(), random.nextBoolean() ? .2 : 0);
            boolean trainMetrics = random.nextInt(4) == 0;
            LearnerBuilder builder = Learner.builder(loaders(random, x, y), model, Losses.crossEntropy())
                    .optimizer(optimizer(random))
                    .recorder(trainMetrics ? new Recorder().withTrainMetrics() : new Recorder())
                    .metrics(metrics(random))
                    .lr(.01)
                    .progress(false);
            try (Learner learner = builder.build()) {
                addCallbacks(random, learner);
                Checkpoints checkpoints =
                        new Checkpoints(folder.resolve("checkpoints")).everySteps(2 + random.nextInt(6));
                learner.add(random.nextBoolean() ? checkpoints.async() : checkpoints);
                learner.add(
                        "interrupts",
                        Callbacks.on(random.nextBoolean() ? AFTER_BATCH : BEFORE_BATCH, 200, this::interrupt));
                learner.resume(folder.resolve("checkpoints"));
                try {
                    fit(random, learner);
                } catch (RuntimeException e) {
                    if (!isDeath(e)) throw e;
                    return Map.of();
                }
                stopped = learner.stopped();
                return outcome(learner);
            } finally {
                model.close();
            }
        }
    }

    private static boolean isDeath(Throwable e) {
        return e instanceof Death || e.getCause() != null && isDeath(e.getCause());
    }

    private void interrupt(Learner learner) {
        if (learner.runDepth() > 1 || ++batches != stopAfter) return;
        stopAfter = Integer.MAX_VALUE;
        if (kills) throw new Death();
        learner.stop();
    }

    private static final class TwoGroups extends Layer {
        private final Layer body;
        private final Layer head;

        /** The weights of convolutions are not contiguous. */
        TwoGroups(boolean convolutions, double dropout) {
            body = convolutions
                    ? child("body", convolutions())
                    : child(
                            "body",
                            new Sequential(new Linear(4, 8), new BatchNorm1d(8), new ReLU(), new Dropout(dropout)));
            head = child("head", new Linear(8, 4));
        }

        private static Layer convolutions() {
            return new Sequential(
                    new Conv2d(1, 4, 3, 1), new BatchNorm2d(4), new ReLU(), new Conv2d(4, 2, 3, 1), new Flatten());
        }

        @Override
        public Tensor forward(Tensor... inputs) {
            boolean images = parameters().get(0).tensor().dim() == 4;
            return head.forward(body.forward(images ? inputs[0].view(-1, 1, 2, 2) : inputs[0]));
        }

        @Override
        public List<List<Parameter>> parameterGroups() {
            return List.of(of("body."), of("head."));
        }

        private List<Parameter> of(String prefix) {
            return parameters().stream()
                    .filter(p -> p.name().startsWith(prefix))
                    .toList();
        }
    }

    private static DataLoaders loaders(Random random, Tensor x, Tensor y) {
        TensorLoader.Builder train = TensorLoader.of(x.narrow(0, 0, 28), y.narrow(0, 0, 28))
                .batchSize(4 + random.nextInt(5)) // no last batch of one sample, of which a batch norm has no variance
                .dropLast(random.nextBoolean())
                .shuffle(random.nextInt());
        if (random.nextInt(4) == 0) train.samplesPerEpoch(20);
        TensorLoader.Builder valid =
                TensorLoader.of(x.narrow(0, 28, 12), y.narrow(0, 28, 12)).batchSize(5);
        return new DataLoaders(train.build(), valid.build());
    }

    private Optimizer.Factory optimizer(Random random) {
        List<Optimizer.Factory> all = List.of(
                Optimizers.sgd(),
                Optimizers.sgd(.9, 1e-2),
                Optimizers.adam(),
                Optimizers.adamW(),
                Optimizers.rmsProp());
        int chosen = random.nextInt(all.size());
        what.append("optimizer ").append(chosen);
        return all.get(chosen);
    }

    private static Metric[] metrics(Random random) {
        List<Metric> all =
                List.of(Metrics.accuracy(), Metrics.balancedAccuracy(), Metrics.cohenKappa(), Metrics.perplexity());
        return all.stream().filter(m -> random.nextBoolean()).toArray(Metric[]::new);
    }

    private void addCallbacks(Random random, Learner learner) {
        if (random.nextInt(3) == 0) learner.precision(random.nextBoolean() ? Precision.BF16 : Precision.FP16);
        List<Object> all = new ArrayList<>(List.of(
                new GradientAccumulation(9),
                new GradientClip(.5),
                new MixUp(.4, seed),
                new WeightEMA(.8),
                new SWA(.3),
                new EarlyStopping(Monitor.VALID_LOSS, 2),
                new SaveModel(folder.resolve("best.safetensors")).withOptimizer(),
                new ReduceLROnPlateau(Monitor.VALID_LOSS, 1),
                new CSVLogger(folder.resolve("history.csv")),
                TerminateOnNaN.deferred(3),
                NonFiniteLoss.rollBack(3, .5),
                new GradientNormMonitor(),
                new LearningRateMonitor(),
                new ActivationStats(),
                new FetchPreds(),
                new ShortEpoch(.6)));
        for (Object callback : all) {
            if (random.nextInt(4) != 0) continue;
            what.append(", ").append(callback.getClass().getSimpleName());
            learner.add(callback);
        }
        boolean noise = random.nextBoolean(), switches = random.nextInt(4) == 0, nan = random.nextInt(4) == 0;
        if (noise) learner.add("noise", Callbacks.on(BEFORE_BATCH, ResumedRun::addNoise));
        if (switches) learner.add("freezes", Callbacks.on(AFTER_EPOCH, ResumedRun::freeze));
        if (nan && learner.callback(NonFiniteLoss.class).isPresent()) {
            what.append(", NaN");
            learner.add("nan", Callbacks.on(BEFORE_BATCH, 1, l -> {
                if (l.training() && l.trainIter() == 4) l.setBatch(Batch.of(l.x().mul(new Scalar(Double.NaN)), l.y()));
            }));
        }
    }

    /** Draws from libtorch's own generator, not from the learner's. */
    private static void addNoise(Learner learner) {
        learner.setBatch(Batch.of(learner.x().add(torch.randn_like(learner.x()).mul(new Scalar(.1))), learner.y()));
    }

    private static void freeze(Learner learner) {
        if (learner.runDepth() == 1 && learner.epoch() == 0) learner.freezeTo(1);
    }

    private void fit(Random random, Learner learner) {
        int kind = random.nextInt(5);
        what.append(", fit ").append(kind);
        Consumer<FitOptions> how = random.nextBoolean() ? fit -> {} : fit -> fit.wd(.1);
        switch (kind) {
            case 0 -> learner.fit(3, how);
            case 1 -> learner.fitOneCycle(3, how);
            case 2 -> learner.fineTune(2, new FineTuning(), how);
            case 3 -> learner.fit(3, fit -> fit.schedule(new OneCycle()).lr(.001, .02));
            default -> {
                learner.fit(2, how);
                learner.fit(
                        2,
                        fit -> fit.callbacks(
                                new dev.rondo.ParamScheduler(dev.rondo.optim.Hyper.LR, Schedules.cosine(.02, .001))));
            }
        }
    }

    /** Everything that can be compared, as texts: numbers by their bits. */
    private Map<String, String> outcome(Learner learner) {
        Map<String, String> outcome = new TreeMap<>();
        try (PointerScope temporary = new PointerScope()) {
            dev.rondo.checkpoint.Weights.of(learner.model())
                    .forEach((name, t) -> outcome.put("model " + name, bits(t)));
            learner.optimizer().state().forEach((name, t) -> outcome.put("optimizer " + name, bits(t)));
            outcome.put(
                    "rows",
                    learner.recorder().rows().stream()
                            .map(EpochRow::cells)
                            .toList()
                            .toString());
            outcome.put("smooth losses", Arrays.toString(learner.recorder().smoothLosses()));
            outcome.put("rates", Arrays.toString(learner.recorder().lrs()));
            outcome.put("hypers", learner.recorder().hypers().keySet().toString());
            outcome.put("epochs", learner.epochsBegun() + " " + learner.epoch() + " " + learner.trainIter());
            outcome.put("next draw", bits(torch.rand(3)));
            learner.callbackStates().forEach((name, state) -> outcome.put("callback " + name, text(state)));
        }
        for (String file : List.of("best.safetensors", "history.csv")) outcome.put(file, content(folder.resolve(file)));
        return outcome;
    }

    private static String bits(Tensor tensor) {
        try (PointerScope temporary = new PointerScope()) {
            double[] values = new double[(int) tensor.numel()];
            if (values.length > 0) {
                tensor.detach()
                        .to(torch.ScalarType.Double)
                        .contiguous()
                        .<DoubleBuffer>createBuffer()
                        .get(values);
            }
            return Arrays.toString(values);
        }
    }

    private static String text(Object value) {
        if (value instanceof Tensor tensor) return bits(tensor);
        if (value instanceof List<?> list)
            return list.stream().map(ResumedRun::text).toList().toString();
        if (!(value instanceof Map<?, ?> map)) return String.valueOf(value);
        Map<String, String> texts = new TreeMap<>();
        map.forEach((key, each) -> texts.put(String.valueOf(key), text(each)));
        return texts.toString();
    }

    /** The content of a file; without the last column of a CSV file, the time. */
    private static String content(Path file) {
        try {
            if (!Files.exists(file)) return "none";
            if (!file.toString().endsWith(".csv")) return Arrays.hashCode(Files.readAllBytes(file)) + "";
            return Files.readString(file).replaceAll("(?m),[^,]*$", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
