package valid.bodies;

import dev.rondo.EpochRow;
import dev.rondo.Learner;
import dev.rondo.Recorder;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.HostRead;
import dev.rondo.annotation.On;
import dev.rondo.annotation.Read;
import dev.rondo.annotation.Writes;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.CancelTrainException;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.optim.Hyper;
import dev.rondo.optim.Optimizer;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import org.bytedeco.pytorch.Tensor;

/** Callbacks in the manner of Keras's documentation. */
class LikeKeras {
    static class PrintsEverything {
        private final PrintStream out = System.out;

        @On(Event.BEFORE_FIT)
        void trainBegin(Learner learner) {
            out.println("Starting training; " + learner.nEpoch() + " epochs");
        }

        @On(Event.AFTER_FIT)
        void trainEnd(Learner learner) {
            out.println("Stop training after " + learner.trainIter());
        }

        @On(Event.BEFORE_EPOCH)
        void epochBegin(int epoch) {
            out.println("Start epoch " + epoch);
        }

        @On(Event.AFTER_EPOCH)
        void epochEnd(int epoch, Recorder recorder) {
            out.println("End epoch " + epoch + ": " + recorder.last().orElse(EpochRow.EMPTY).cells());
        }

        @On(Event.BEFORE_BATCH)
        void batchBegin(int iter, boolean training) {
            out.println((training ? "training" : "evaluating") + ": start of batch " + iter);
        }

        @On(Event.AFTER_BATCH)
        void batchEnd(Learner learner) {
            out.println("end of batch " + learner.iter() + " of " + learner.nIter());
        }
    }

    static class PrintsLosses {
        @On(Event.AFTER_BATCH)
        @HostRead("it prints every loss")
        void print(Learner learner) {
            if (learner.hasLoss()) System.out.println("Up to batch " + learner.iter() + ": " + learner.loss().item_float());
        }
    }

    static class EarlyStoppingAtMinLoss {
        private final int patience;
        private int wait;
        private int stopped;
        private double best;

        EarlyStoppingAtMinLoss(int patience) {
            this.patience = patience;
        }

        @On(Event.BEFORE_FIT)
        void begin() {
            wait = 0;
            stopped = 0;
            best = Double.POSITIVE_INFINITY;
        }

        @On(Event.AFTER_EPOCH)
        void end(int epoch, Recorder recorder) throws CancelFitException {
            double current = recorder.last().orElseThrow().cells().getOrDefault("train_loss", Double.NaN);
            if (current < best) {
                best = current;
                wait = 0;
            } else if (++wait >= patience) {
                stopped = epoch;
                throw CancelFitException.INSTANCE;
            }
        }

        @On(Event.AFTER_FIT)
        void report() {
            if (stopped > 0) System.out.println("Epoch " + (stopped + 1) + ": early stopping");
        }
    }

    static class RateScheduler {
        private final IntToDoubleFunction schedule;

        RateScheduler(IntToDoubleFunction schedule) {
            this.schedule = schedule;
        }

        @On(Event.BEFORE_EPOCH)
        void set(Learner learner) {
            double scheduled = schedule.applyAsDouble(learner.epoch());
            learner.optimizer().set(Hyper.LR, scheduled);
            System.out.println("Learning rate is " + learner.lr());
        }
    }

    static class Warmup {
        private final DoubleUnaryOperator curve = x -> Math.min(1, 10 * x);

        @On(Event.BEFORE_BATCH)
        void set(Optimizer optimizer, @Read("pctTrain") double progress) {
            optimizer.set(Hyper.LR, curve.applyAsDouble(progress) * 1e-3);
        }
    }

    static class History {
        private final List<EpochRow> rows = new ArrayList<>();

        @On(Event.AFTER_EPOCH)
        void add(Recorder recorder) {
            recorder.last().ifPresent(rows::add);
        }
    }

    static class Lambda {
        private final BiConsumer<Integer, EpochRow> onEpochEnd;

        Lambda(BiConsumer<Integer, EpochRow> onEpochEnd) {
            this.onEpochEnd = onEpochEnd;
        }

        @On(Event.AFTER_EPOCH)
        void end(Learner learner) {
            learner.recorder().last().ifPresent(row -> onEpochEnd.accept(learner.epoch(), row));
        }
    }

    @Callback(runs = Phase.TRAIN)
    static class StopsAtAccuracy {
        private double correct;
        private long seen;

        @On(Event.AFTER_BATCH)
        @HostRead("it counts on the host")
        void count(Learner learner) throws CancelTrainException {
            if (!learner.predicted()) return;
            Tensor hits = learner.pred().argmax().eq(learner.y());
            correct += hits.sum().item_long();
            seen += learner.batch().size();
            if (seen > 1000 && correct / seen > 0.99) throw CancelTrainException.INSTANCE;
        }
    }

    static class Progress {
        private int done;

        @On(Event.AFTER_BATCH)
        @HostRead("ten times in an epoch")
        void bar(Learner learner) {
            done++;
            if (done % Math.max(1, learner.nIter() / 10) == 0) {
                String loss = learner.lossComputed() ? String.format(java.util.Locale.ROOT, "%.4f", learner.smoothLoss()) : "-";
                System.out.println(done + " " + loss);
            }
        }
    }

    static class Swaps {
        private double before;

        @On(Event.BEFORE_VALIDATE)
        void lower(Learner learner) {
            before = learner.lr();
            learner.optimizer().set(Hyper.LR, 0);
        }

        @On(Event.AFTER_VALIDATE)
        void raise(Learner learner) {
            learner.optimizer().set(Hyper.LR, before);
        }
    }

    static class Monitor<T extends Comparable<T>> {
        private final List<T> values = new ArrayList<>();
        private final java.util.function.Function<EpochRow, T> column;

        Monitor(java.util.function.Function<EpochRow, T> column) {
            this.column = column;
        }

        @On(Event.AFTER_EPOCH)
        void add(Learner learner) {
            learner.recorder().last().map(column).ifPresent(values::add);
        }
    }

    record Remote(String root, List<String> sent) {
        @On(Event.AFTER_EPOCH)
        void send(Learner learner) {
            sent.add(root + "/" + learner.epoch());
        }
    }

    static class Noise {
        @On(Event.AFTER_PRED)
        @Writes("pred")
        Tensor blur(Tensor pred, boolean training) {
            return training ? pred.add(org.bytedeco.pytorch.global.torch.randn_like(pred)) : pred;
        }
    }
}
