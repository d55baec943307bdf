package valid.bodies;

import dev.rondo.Learner;
import dev.rondo.Recorder;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.Checkpointed;
import dev.rondo.annotation.HostRead;
import dev.rondo.annotation.On;
import dev.rondo.annotation.Writes;
import dev.rondo.data.Batch;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.CancelStepException;
import dev.rondo.event.CancelTrainException;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.event.Scope;
import dev.rondo.nn.Parameter;
import dev.rondo.torch.Handles;
import dev.rondo.torch.NoGrad;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;
import java.util.function.ToDoubleFunction;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** What Composer's and Ignite's manuals show, in other words. */
@SuppressWarnings("try")
class LikeComposer {
    /** Composer's speed monitor: samples per second in a window. */
    static final class Speed {
        private final Deque<long[]> window = new ArrayDeque<>();
        private Instant start = Instant.EPOCH;

        @On(Event.BEFORE_TRAIN)
        void begin() {
            start = Instant.now();
            window.clear();
        }

        @On(Event.AFTER_BATCH)
        void count(Learner learner) {
            if (!learner.training()) return;
            window.addLast(new long[] {learner.batch().size(), Duration.between(start, Instant.now()).toMillis()});
            if (window.size() > 100) window.removeFirst();
        }

        @On(Event.AFTER_TRAIN)
        void print(Learner learner) {
            long samples = window.stream().mapToLong(entry -> entry[0]).sum();
            if (learner.logging()) System.out.printf("epoch %d: %d samples%n", learner.epoch(), samples);
        }
    }

    /** Composer's threshold stopper. */
    record ThresholdStopper(double threshold, ToDoubleFunction<Recorder> monitor) {
        @On(Event.AFTER_EPOCH)
        void check(Learner learner) throws CancelFitException {
            if (monitor.applyAsDouble(learner.recorder()) > threshold) throw CancelFitException.INSTANCE;
        }
    }

    /** Composer's image visualizer: the first inputs of each epoch. */
    static final class Images implements AutoCloseable {
        private final List<Tensor> images = new ArrayList<>();
        private final int limit = 8;

        @On(Event.BEFORE_BATCH)
        void collect(Learner learner, int iter) {
            if (iter > 0 || learner.xb().isEmpty()) return;
            Tensor x = learner.xb().get(0);
            long n = Math.min(limit, x.size(0));
            for (long i = 0; i < n; i++) images.add(Handles.own(x.select(0, i).clone()));
        }

        @On(Event.AFTER_EPOCH)
        @Override
        public void close() {
            images.forEach(Tensor::close);
            images.clear();
        }
    }

    /** Composer's label smoothing: the targets of the batch while the loss is computed. */
    static final class Smoothing {
        private Batch original;

        @On(Event.AFTER_PRED)
        @Writes("batch")
        void before(Learner learner) {
            original = learner.batch();
            Tensor smooth = learner.y().mul(new Scalar(0.9)).add(new Scalar(0.01));
            learner.setBatch(Batch.of(learner.x(), smooth));
        }

        @On(Event.AFTER_LOSS)
        @Writes("batch")
        void after(Learner learner) {
            learner.setBatch(original);
            original = null;
        }
    }

    /** Composer's early stopper and gradient monitors by name. */
    static final class Norms {
        private final Map<String, Double> norms = new LinkedHashMap<>();

        @On(Event.BEFORE_STEP)
        @HostRead("every 100th step")
        void log(Learner learner) {
            if (learner.trainIter() % 100 != 0) return;
            int i = 0;
            for (Parameter p : learner.model().parameters()) {
                Tensor grad = p.tensor().grad();
                if (grad.defined()) norms.put("parameter" + i++, grad.norm().item_double());
            }
        }
    }

    /** Ignite's terminate on NaN, with a rare look. */
    static final class Terminates {
        @On(Event.AFTER_LOSS)
        @HostRead("every 20th batch")
        void look(Learner learner) throws CancelTrainException {
            boolean now = learner.trainIter() % 20 == 0;
            if (now && !Double.isFinite(value(learner.loss()))) throw CancelTrainException.INSTANCE;
        }

        private static double value(Tensor tensor) {
            return tensor.item_double();
        }
    }

    /** Ignite's exponential average of parameters: its own tensors are changed in place. */
    static final class Average implements AutoCloseable {
        private final List<Tensor> shadows = new ArrayList<>();

        @On(Event.BEFORE_FIT)
        void begin(Learner learner) {
            for (Parameter p : learner.model().parameters()) shadows.add(learner.keep(p.tensor().detach().clone()));
        }

        @On(Event.AFTER_STEP)
        void update(Learner learner) {
            List<Parameter> parameters = learner.model().parameters();
            try (NoGrad off = NoGrad.enter()) {
                for (int i = 0; i < shadows.size(); i++) {
                    Tensor step = parameters.get(i).tensor().sub(shadows.get(i)).mul(new Scalar(0.01));
                    shadows.get(i).add_(step);
                }
            }
        }

        @Override
        public void close() {
            shadows.forEach(Tensor::close);
        }
    }

    /** Ignite's handlers by event with filters: every n, once, before, after. */
    static final class Filters {
        private final BiConsumer<Integer, String> log = (n, text) -> System.out.println(n + text);

        @On({Event.BEFORE_EPOCH, Event.AFTER_EPOCH, Event.BEFORE_BATCH})
        void every(Learner learner) {
            Event event = learner.event();
            String text =
                    switch (event) {
                        case BEFORE_EPOCH, AFTER_EPOCH -> "epoch";
                        case BEFORE_BATCH -> "batch of " + learner.batch().size();
                        default -> throw new IllegalStateException("" + event);
                    };
            log.accept(learner.epoch(), text);
            if (event != Event.BEFORE_BATCH) return;
            log.accept(learner.iter(), " of " + learner.nIter());
        }
    }

    /** Composer's checkpoint saver. */
    @Callback(runs = Phase.TRAIN)
    static final class Saver {
        @Checkpointed
        int saved;

        @Checkpointed
        double best = Double.POSITIVE_INFINITY;

        @On(Event.AFTER_EPOCH)
        void save(Learner learner) {
            OptionalDouble loss = learner.hasLoss() ? OptionalDouble.of(learner.loss().item_double()) : OptionalDouble.empty();
            loss.ifPresent(value -> {
                if (value >= best) return;
                best = value;
                learner.save(Path.of("best-" + saved++ + ".safetensors"));
            });
        }
    }

    /** Composer's activation monitor: sums on the device, read at the end of an epoch. */
    static final class Activations implements AutoCloseable {
        private final Tensor sum = torch.zeros(1);
        private long count;

        @On(Event.AFTER_PRED)
        void add(Tensor pred) {
            sum.add_(pred.detach().mean());
            count++;
        }

        @On(Event.AFTER_EPOCH)
        void print() {
            System.out.println(sum.item_double() / count);
            sum.zero_();
            count = 0;
        }

        @Override
        public void close() {
            sum.close();
        }
    }

    /** Ignite's gradient accumulation, and a skipped step. */
    static final class Accumulates {
        private long samples;

        @On(Event.BEFORE_BATCH)
        void count(Learner learner) {
            if (learner.training()) samples += learner.batch().size();
        }

        @On(Event.AFTER_LOSS)
        @Writes("lossGrad")
        Tensor scale(Tensor lossGrad) {
            return lossGrad.div(new Scalar(4));
        }

        @On(Event.BEFORE_STEP)
        void skip(Learner learner) throws CancelStepException {
            if (samples < 64 && learner.iter() + 1 < learner.nIter()) throw CancelStepException.INSTANCE;
            samples = 0;
            learner.until(Scope.BATCH, () -> System.out.println("stepped after " + learner.iter()));
        }
    }
}
