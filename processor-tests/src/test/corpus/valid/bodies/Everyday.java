package valid.bodies;

import dev.rondo.EpochRow;
import dev.rondo.FitOptions;
import dev.rondo.Learner;
import dev.rondo.Predictions;
import dev.rondo.Recorder;
import dev.rondo.ScopeLocal;
import dev.rondo.Undo;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.Checkpointed;
import dev.rondo.annotation.HostRead;
import dev.rondo.annotation.On;
import dev.rondo.annotation.Read;
import dev.rondo.annotation.Writes;
import dev.rondo.data.Batch;
import dev.rondo.data.DataLoaders;
import dev.rondo.event.CancelBackwardException;
import dev.rondo.event.CancelBatchException;
import dev.rondo.event.CancelEpochException;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.CancelValidException;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.event.RunKind;
import dev.rondo.event.Scope;
import dev.rondo.loss.Loss;
import dev.rondo.metric.Metric;
import dev.rondo.nn.Layer;
import dev.rondo.nn.MultiOutput;
import dev.rondo.optim.Gradients;
import dev.rondo.optim.Hyper;
import dev.rondo.optim.Optimizer;
import dev.rondo.torch.Autocast;
import dev.rondo.torch.Devices;
import dev.rondo.torch.Handles;
import dev.rondo.torch.NoGrad;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Callbacks as projects have them. */
@SuppressWarnings("try")
class Everyday {
    static class StopOnRequest {
        private final AtomicBoolean requested = new AtomicBoolean();

        @On(Event.AFTER_BATCH)
        void look() throws CancelFitException {
            if (requested.get()) throw CancelFitException.INSTANCE;
        }
    }

    static class CountsSamples {
        private final AtomicLong samples = new AtomicLong();

        @On(Event.AFTER_BATCH)
        void count(Batch batch) {
            samples.addAndGet(batch.size());
        }
    }

    static class Log {
        private final Path file = Path.of("log.txt");

        @On(Event.AFTER_EPOCH)
        void write(Learner learner) {
            try (BufferedWriter out = Files.newBufferedWriter(file)) {
                out.write(learner.epoch() + " " + learner.recorder().last().orElse(EpochRow.EMPTY));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static class LabelNoise {
        private final Random random = new Random(1);

        @On(Event.BEFORE_BATCH)
        @Writes("batch")
        void flip(Learner learner) {
            if (!learner.training() || random.nextDouble() > 0.1) return;
            Batch batch = learner.batch();
            Tensor flipped = batch.y().flip(0);
            learner.setBatch(Batch.of(batch.x(), flipped));
        }
    }

    static class Half {
        @On(Event.BEFORE_BATCH)
        @Writes("batch")
        Batch narrow(Batch batch) {
            List<Tensor> narrowed = batch.xb().stream().map(x -> x.to(ScalarType.Half)).toList();
            return new Batch(narrowed, batch.yb());
        }

        @On(Event.AFTER_PRED)
        @Writes("pred")
        Tensor widen(@Read("pred") Tensor output) {
            return output.to(ScalarType.Float);
        }
    }

    static class LossScale {
        private double scale = 1024;

        @On(Event.BEFORE_BACKWARD)
        @Writes("lossGrad")
        Tensor scale(Tensor lossGrad) {
            return lossGrad.mul(new Scalar(scale));
        }

        @On(Event.BEFORE_STEP)
        void unscale(Optimizer optimizer) {
            Gradients.scale(optimizer, 1 / scale);
        }
    }

    @Callback(runs = Phase.TRAIN)
    static class Skips {
        @On(Event.BEFORE_BACKWARD)
        void skip(int iter) throws CancelBackwardException {
            if (iter % 4 == 3) throw CancelBackwardException.INSTANCE;
        }
    }

    static class SmallBatches {
        @On(Event.BEFORE_BATCH)
        void skip(Batch batch) throws CancelBatchException {
            if (batch.size() < 2) throw CancelBatchException.INSTANCE;
        }
    }

    static class NoValidation {
        @On(Event.BEFORE_VALIDATE)
        void skip(int epoch) throws CancelValidException {
            if (epoch % 5 != 0) throw CancelValidException.INSTANCE;
        }
    }

    static class Resume {
        @On(Event.BEFORE_EPOCH)
        void skip(int epoch) throws CancelEpochException {
            if (epoch < 3) throw CancelEpochException.INSTANCE;
        }
    }

    static class Autocasting {
        @On(Event.BEFORE_BATCH)
        void enter(Learner learner) {
            learner.until(Scope.BATCH, Autocast.enter(Devices.cpu(), ScalarType.BFloat16));
        }
    }

    static class Replay implements AutoCloseable {
        private final Deque<Batch> memory = new ArrayDeque<>();

        @On(Event.AFTER_BATCH)
        void remember(Learner learner) {
            Batch batch = learner.batch();
            memory.add(new Batch(kept(learner, batch.xb()), kept(learner, batch.yb())));
            while (memory.size() > 10) memory.removeFirst().close();
        }

        private static List<Tensor> kept(Learner learner, List<Tensor> tensors) {
            List<Tensor> kept = new ArrayList<>();
            for (Tensor tensor : tensors) kept.add(learner.keep(tensor));
            return kept;
        }

        @Override
        public void close() {
            memory.forEach(Batch::close);
        }
    }

    static class Hardest {
        private final Comparator<double[]> byLoss = Comparator.comparingDouble(row -> row[1]);
        private final List<double[]> rows = new ArrayList<>();

        @On(Event.AFTER_BATCH)
        @HostRead("it sorts by the loss")
        void add(Learner learner) {
            if (learner.training() || !learner.lossComputed()) return;
            rows.add(new double[] {learner.iter(), learner.loss().item_double()});
            rows.sort(byLoss);
        }
    }

    static class Outputs {
        private final Map<Layer, Integer> calls = new IdentityHashMap<>();

        @On(Event.AFTER_PRED)
        void count(Learner learner) {
            if (learner.model() instanceof Layer layer) calls.merge(layer, 1, Integer::sum);
            if (learner.model() instanceof MultiOutput several && several.outputs().size() > 1) calls.clear();
        }
    }

    static class Twins {
        private final ScopeLocal<Integer> seen = ScopeLocal.of(Scope.FIT, 0);

        @On({Event.AFTER_TRAIN, Event.AFTER_VALIDATE})
        void count(Learner learner) {
            seen.set(learner, seen.get(learner) + 1);
        }

        @On(Event.AFTER_FIT)
        void print(Learner learner) {
            System.out.println(seen.get(learner));
        }
    }

    static class LearningRateText {
        @On(Event.AFTER_STEP)
        void print(Learner learner, RunKind kind) {
            String rates = IntStream.range(0, learner.optimizer().groups().size())
                    .mapToObj(i -> i + "=" + learner.optimizer().groups().get(i).get(Hyper.LR))
                    .collect(Collectors.joining(", "));
            if (kind == RunKind.FIT) System.out.println(rates);
        }
    }

    static class ExtraLoss {
        private final Loss extra;

        ExtraLoss(Loss extra) {
            this.extra = extra;
        }

        @On(Event.AFTER_LOSS)
        @Writes("lossGrad")
        Tensor add(Learner learner) {
            Tensor more = learner.lossFunction() == extra ? learner.lossGrad() : learner.pred().mean();
            return learner.lossGrad().add(more);
        }
    }

    static class ReportsLoss {
        @On(Event.AFTER_LOSS)
        @Writes("loss")
        void replace(Learner learner) {
            try (NoGrad off = NoGrad.enter()) {
                learner.setLoss(learner.lossGrad().detach().sqrt());
            }
        }
    }

    static class SecondValidation {
        private final DataLoaders other;

        SecondValidation(DataLoaders other) {
            this.other = other;
        }

        @On(Event.AFTER_EPOCH)
        void validate(Learner learner) {
            EpochRow row = learner.validate(other.valid());
            System.out.println(row.cells());
        }

        @On(Event.AFTER_FIT)
        void predict(Learner learner) {
            if (learner.runDepth() > 1) return;
            try (Predictions predictions = learner.getPreds(other.valid())) {
                predictions.preds().ifPresent(preds -> System.out.println(preds.argmax().item_long()));
            }
        }
    }

    static class MetricPrinter {
        @On(Event.AFTER_VALIDATE)
        void print(Learner learner) {
            for (Metric metric : learner.metrics()) metric.value().ifPresent(System.out::println);
        }
    }

    static class Distance implements AutoCloseable {
        private Tensor start;

        @On(Event.BEFORE_FIT)
        void begin(Learner learner) {
            close();
            start = Handles.keep(torch.zeros(4));
        }

        @On(Event.AFTER_TRAIN)
        void measure(Learner learner) {
            try (NoGrad off = NoGrad.enter()) {
                System.out.println(start.norm().item_double());
            }
        }

        @Override
        public void close() {
            if (start != null) start.close();
            start = null;
        }
    }

    static class Chained {
        private double last;

        @On(Event.AFTER_FIT)
        void twoOptions(Learner learner) {
            learner.fit(0, Chained::options).freeze().unfreeze();
            last = learner.lr();
        }

        private static void options(FitOptions fit) {
            fit.lr(1e-3);
        }
    }

    static class Shapes {
        private final Set<List<Long>> seen = new HashSet<>();

        @On(Event.AFTER_PRED)
        void note(Tensor pred) {
            List<Long> shape = Arrays.stream(pred.shape()).boxed().toList();
            if (seen.add(shape)) System.out.println("A new shape: " + shape);
        }
    }

    static class Frozen {
        @Checkpointed
        int thawed;

        @On(Event.BEFORE_EPOCH)
        void thaw(Learner learner) {
            learner.freezeTo(-1 - learner.epoch());
            thawed = learner.epoch();
        }
    }

    static class Quiet {
        @On(Event.AFTER_EPOCH)
        void run(Learner learner) {
            Undo quiet = learner.noLogging();
            try {
                learner.validate();
            } finally {
                quiet.close();
            }
        }
    }

    static class WeightedLoss {
        private final double[] weights = {0.2, 0.8};

        @On(Event.AFTER_LOSS)
        @Writes({"lossGrad", "loss"})
        void weigh(Learner learner) {
            Tensor total = null;
            for (double weight : weights) {
                Tensor part = learner.lossGrad().mul(new Scalar(weight));
                total = total == null ? part : total.add(part);
            }
            if (total == null) return;
            learner.setLossGrad(total);
            learner.setLoss(total.detach());
        }
    }

    static class Dispatching {
        private final Map<String, Runnable> commands = new java.util.TreeMap<>();

        @On(Event.AFTER_BATCH)
        void run(Learner learner) {
            commands.put("epoch", () -> System.out.println(learner.epoch()));
            commands.values().forEach(Runnable::run);
        }
    }

    static class Recording {
        @On(Event.AFTER_EPOCH)
        void print(Recorder recorder, int epoch) {
            double[] losses = recorder.smoothLosses();
            System.out.println(epoch + ": " + losses[losses.length - 1]);
        }
    }

    static class Penalty {
        @On(Event.AFTER_LOSS)
        @Writes("lossGrad")
        Tensor add(Tensor lossGrad, Tensor pred, boolean training) {
            if (!training) return lossGrad;
            Tensor penalty = pred.square().mean();
            return lossGrad.add(penalty, new Scalar(0.01));
        }
    }

    static class Interpolated {
        @On(Event.BEFORE_BATCH)
        @Writes("batch")
        void resize(Learner learner, double pctTrain) {
            long size = Math.round(16 + 16 * pctTrain);
            var x = learner.x();
            if (x.size(2) != size) learner.setBatch(Batch.of(x.narrow(2, 0, Math.min(size, x.size(2))), learner.y()));
        }
    }

    static class Phases {
        private final long[] batches = new long[2];

        @On(Event.AFTER_BATCH)
        void count(boolean training) {
            batches[training ? 0 : 1]++;
        }
    }

    interface Sink {
        void accept(String name, Tensor tensor);
    }

    record Sending(Sink sink) {
        @On(Event.AFTER_PRED)
        void send(Tensor pred) {
            sink.accept("pred", pred);
        }

        @On(Event.AFTER_LOSS)
        void sendLoss(Learner learner) {
            sink.accept("loss", learner.loss());
            if (learner.epoch() > 0) sink.accept("pred", learner.pred().detach());
        }
    }

    abstract static class Watching<T> {
        private T best;

        abstract T read(Learner learner);

        abstract boolean isBetter(T one, T other);

        @On(Event.AFTER_EPOCH)
        void watch(Learner learner) {
            T now = read(learner);
            if (best == null || isBetter(now, best)) best = now;
        }
    }

    static class WatchingTime extends Watching<Long> {
        @Override
        Long read(Learner learner) {
            return System.nanoTime() + learner.epoch();
        }

        @Override
        boolean isBetter(Long one, Long other) {
            return one < other;
        }

        @On(Event.AFTER_FIT)
        void end() {
            System.out.println("done");
        }
    }
}
