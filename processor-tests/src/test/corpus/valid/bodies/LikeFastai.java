package valid.bodies;

import dev.rondo.Learner;
import dev.rondo.Recorder;
import dev.rondo.ScopeLocal;
import dev.rondo.Undo;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.Checkpointed;
import dev.rondo.annotation.HostRead;
import dev.rondo.annotation.On;
import dev.rondo.annotation.Writes;
import dev.rondo.data.Batch;
import dev.rondo.event.CancelBatchException;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.CancelStepException;
import dev.rondo.event.CancelTrainException;
import dev.rondo.event.CancelValidException;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.event.Scope;
import dev.rondo.loss.Loss;
import dev.rondo.nn.Layer;
import dev.rondo.nn.Model;
import dev.rondo.optim.Gradients;
import dev.rondo.optim.Hyper;
import dev.rondo.optim.Optimizer;
import dev.rondo.torch.Handles;
import dev.rondo.torch.NoGrad;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Callbacks in the manner of fastai's documentation. */
@SuppressWarnings("try")
class LikeFastai {
    static final class Resetter {
        @On({Event.BEFORE_TRAIN, Event.BEFORE_VALIDATE, Event.AFTER_FIT})
        void reset(Learner learner) {
            if (learner.model() instanceof Layer layer) layer.reset();
        }
    }

    @Callback(order = 6, runs = Phase.TRAIN)
    static final class Accumulation {
        private final int wanted = 64;
        private long seen;

        @On(Event.BEFORE_FIT)
        void start() {
            seen = 0;
        }

        @On(Event.AFTER_LOSS)
        @Writes("lossGrad")
        void weigh(Learner learner) {
            learner.setLossGrad(learner.lossGrad().div(new Scalar((double) wanted / learner.batch().size())));
        }

        @On(Event.BEFORE_STEP)
        void wait(Batch batch) throws CancelBatchException {
            seen += batch.size();
            if (seen < wanted) throw CancelBatchException.INSTANCE;
            seen = 0;
        }
    }

    static final class Clip {
        @On(Event.BEFORE_STEP)
        void clip(Learner learner) {
            Gradients.clipNorm(learner.optimizer(), 1, 2);
        }
    }

    static final class FrozenNorms {
        @On(Event.BEFORE_TRAIN)
        void freeze(Model model) {
            if (!(model instanceof Layer root)) return;
            root.layers().values().stream()
                    .filter(layer -> layer.getClass().getSimpleName().startsWith("BatchNorm"))
                    .forEach(layer -> layer.train(false));
        }
    }

    @Callback(runs = Phase.TRAIN)
    static final class Mixing {
        @On(Event.BEFORE_BATCH)
        @Writes("batch")
        Batch mix(Batch batch) {
            Tensor order = torch.randperm(batch.size());
            Tensor x = batch.x().mul(new Scalar(0.7)).add(batch.x().index_select(0, order), new Scalar(0.3));
            return Batch.of(x, batch.y());
        }
    }

    static final class Quick {
        @On(Event.AFTER_BATCH)
        void stop(Learner learner) throws CancelTrainException, CancelValidException {
            if (learner.iter() < learner.nIter() / 100) return;
            if (learner.training()) throw CancelTrainException.INSTANCE;
            throw CancelValidException.INSTANCE;
        }
    }

    static final class Kept implements AutoCloseable {
        private final List<Tensor> losses = new ArrayList<>();

        @On(Event.AFTER_BATCH)
        void collect(Learner learner) {
            if (learner.lossComputed()) losses.add(learner.keep(learner.loss()));
        }

        @On(Event.AFTER_BATCH)
        void alsoPredictions(Learner learner) {
            if (!learner.predicted()) return;
            losses.add(Handles.keep(learner.pred().detach()));
            losses.addAll(learner.xb().stream().map(Handles::keep).toList());
            losses.addAll(learner.xb().stream().map(x -> learner.keep(x.detach())).toList());
        }

        @Override
        public void close() {
            losses.forEach(Tensor::close);
            losses.clear();
        }
    }

    static final class Statistics {
        private final List<Double> means = new ArrayList<>();

        @On(Event.AFTER_PRED)
        @HostRead("every 100th batch")
        void record(Learner learner) {
            if (learner.trainIter() % 100 != 0) return;
            means.add(learner.pred().mean().item_double());
        }
    }

    static final class Schedule {
        @On(Event.BEFORE_BATCH)
        void set(Optimizer optimizer, double pctTrain) {
            double lr = 1e-3 * (1 + Math.cos(Math.PI * pctTrain)) / 2;
            optimizer.set(Hyper.LR, lr);
        }
    }

    @Callback(order = 60)
    static final class BestEpoch {
        @Checkpointed
        double best = Double.POSITIVE_INFINITY;

        @On(Event.AFTER_EPOCH)
        void compare(Learner learner, Recorder recorder) throws CancelFitException {
            double loss = recorder.last()
                    .map(row -> row.cells().get("valid_loss"))
                    .orElse(Double.NaN);
            if (loss < best) best = loss;
            else if (learner.epoch() > 2) throw CancelFitException.INSTANCE;
        }
    }

    static final class Smoothed {
        @On(Event.BEFORE_FIT)
        void replace(Learner learner) {
            learner.until(Scope.FIT, learner.lossReplacedBy(smoothed(learner.lossFunction())));
        }

        private static Loss smoothed(Loss loss) {
            return loss;
        }
    }

    static final class Dropout {
        @On(Event.BEFORE_VALIDATE)
        void on(Learner learner) {
            if (learner.model() instanceof Layer layer) {
                Runnable before = layer.mode();
                layer.train(true);
                learner.until(Scope.VALIDATE, before::run);
            }
        }
    }

    static final class Averaged implements AutoCloseable {
        private Tensor average;

        @On(Event.AFTER_LOSS)
        void add(Tensor loss) {
            try (NoGrad off = NoGrad.enter();
                    PointerScope temporary = new PointerScope()) {
                Tensor next = average == null ? loss.detach() : average.lerp(loss, new Scalar(0.02));
                Tensor before = average;
                average = Handles.keep(next);
                if (before != null) before.close();
            }
        }

        @Override
        public void close() {
            if (average != null) average.close();
            average = null;
        }
    }

    static final class Owned {
        private Tensor total;

        @On(Event.BEFORE_FIT)
        void start() {
            total = torch.zeros(1);
        }

        @On(Event.AFTER_LOSS)
        void add(Tensor loss) {
            total.add_(loss.detach());
        }

        @On(Event.AFTER_PRED)
        void ownAResult(Tensor pred) {
            Tensor mean = pred.detach().mean();
            mean.retainReference();
            total = mean;
        }

        @On(Event.AFTER_PRED)
        void ownAnother(Tensor pred) {
            Tensor mean = Handles.own(pred.mean());
            total = mean;
        }
    }

    static final class Teacher {
        private final Learner teacher;

        Teacher(Learner teacher) {
            this.teacher = teacher;
        }

        @On(Event.BEFORE_FIT)
        void look(Learner learner) {
            if (teacher.pred().dim() == 2 && teacher.iter() > learner.epoch()) teacher.setPred(teacher.pred());
        }
    }

    static final class Counted {
        private final ScopeLocal<Integer> skipped = ScopeLocal.of(Scope.EPOCH, 0);

        @On(Event.BEFORE_STEP)
        void skip(Learner learner) throws CancelStepException {
            skipped.set(learner, skipped.get(learner) + 1);
            if (skipped.get(learner) % 2 == 0) throw CancelStepException.INSTANCE;
        }
    }

    static final class WithinABatch {
        private Tensor input;
        private final List<Tensor> some = new ArrayList<>();

        @On(Event.BEFORE_BATCH)
        void begin(Learner learner) {
            input = learner.x();
            some.addAll(learner.xb());
            learner.until(Scope.BATCH, () -> {
                input = null;
                some.clear();
            });
        }

        @On(Event.AFTER_LOSS)
        @Writes("lossGrad")
        Tensor penalize(Tensor lossGrad) {
            return lossGrad.add(input.square().mean());
        }
    }

    static final class ClearedAtTheEnd {
        private Tensor output;

        @On(Event.AFTER_PRED)
        void keep(Tensor pred) {
            output = pred;
        }

        @On(Event.AFTER_BATCH)
        void forget() {
            output = null;
        }
    }

    static final class Augmented {
        private final Consumer<Tensor> augment;

        Augmented(Consumer<Tensor> augment) {
            this.augment = augment;
        }

        @On(Event.BEFORE_BATCH)
        @HostRead("what is given may read")
        void apply(Learner learner) {
            learner.xb().forEach(augment);
            learner.xb().forEach(x -> augment.accept(x));
        }
    }

    static final class Outputs {
        @On(Event.AFTER_LOSS)
        @Writes("lossGrad")
        void regularize(Learner learner) {
            if (!learner.lossComputed()) return;
            add(learner, 0.1, learner.pred());
        }

        private static void add(Learner learner, double weight, Tensor activations) {
            learner.setLossGrad(learner.lossGrad().add(activations.square().mean(), new Scalar(weight)));
        }
    }

    static final class Nested {
        @On(Event.AFTER_EPOCH)
        void validateAgain(Learner learner) {
            try (Undo quiet = learner.noLogging()) {
                learner.validate();
            }
        }
    }

    static final class Stacked {
        private final ScopeLocal<Tensor[]> row = ScopeLocal.of(Scope.BATCH, new Tensor[0]);

        @On(Event.BEFORE_BATCH)
        void make(Learner learner) {
            row.set(learner, new Tensor[2]);
        }

        @On(Event.AFTER_LOSS)
        void fill(Learner learner) {
            Tensor[] here = row.get(learner);
            here[0] = learner.loss();
            here[1] = learner.pred().mean();
            Tensor all = torch.stack(new TensorVector(here));
            all.detach();
        }
    }
}
