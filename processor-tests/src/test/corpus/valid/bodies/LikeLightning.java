package valid.bodies;

import dev.rondo.CallbackHandle;
import dev.rondo.Learner;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.Checkpointed;
import dev.rondo.annotation.HostRead;
import dev.rondo.annotation.On;
import dev.rondo.annotation.Writes;
import dev.rondo.event.CancelEpochException;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.event.RunKind;
import dev.rondo.event.Scope;
import dev.rondo.nn.Layer;
import dev.rondo.nn.Parameter;
import dev.rondo.optim.Hyper;
import dev.rondo.optim.Optimizer;
import dev.rondo.optim.ParameterGroup;
import dev.rondo.torch.NoGrad;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.bytedeco.pytorch.Tensor;

/** Callbacks in the manner of PyTorch Lightning's documentation. */
@SuppressWarnings("try")
class LikeLightning {
    static class Timer {
        private final Map<Phase, Long> started = new EnumMap<>(Phase.class);
        private final Duration limit = Duration.ofHours(1);

        @On(Event.BEFORE_TRAIN)
        void train() {
            started.put(Phase.TRAIN, System.nanoTime());
        }

        @On(Event.BEFORE_VALIDATE)
        void validate() {
            started.put(Phase.VALID, System.nanoTime());
        }

        @On(Event.AFTER_BATCH)
        void check(boolean training) throws CancelFitException {
            long since = started.get(training ? Phase.TRAIN : Phase.VALID);
            if (System.nanoTime() - since > limit.toNanos()) throw CancelFitException.INSTANCE;
        }
    }

    static class Summary {
        @On(Event.BEFORE_FIT)
        void print(Learner learner) {
            if (!(learner.model() instanceof Layer layer)) return;
            long parameters = layer.parameters().stream()
                    .mapToLong(p -> p.tensor().numel())
                    .sum();
            System.out.println(layer + ": " + parameters);
        }
    }

    static class RateMonitor {
        private final List<List<Double>> rates = new ArrayList<>();

        @On(Event.AFTER_BATCH)
        void log(Optimizer optimizer) {
            rates.add(optimizer.groups().stream().map(group -> group.get(Hyper.LR)).toList());
        }
    }

    static class Checkpoint {
        private final Path folder = Path.of("checkpoints");

        @On(Event.AFTER_EPOCH)
        void save(Learner learner) {
            try {
                Files.createDirectories(folder);
                learner.save(folder.resolve("epoch-" + learner.epoch()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static class EveryNSteps {
        private final int every = 500;

        @On(Event.AFTER_STEP)
        void save(Learner learner) {
            if (learner.trainIter() % every == 0) learner.save(Path.of("step-" + learner.trainIter()));
        }
    }

    @Callback(kinds = RunKind.FIT)
    static class Thawing {
        private final int at = 3;

        @On(Event.BEFORE_EPOCH)
        void thaw(Learner learner) {
            if (learner.epoch() == at) learner.unfreeze();
            else if (learner.epoch() == 0) learner.freeze();
        }
    }

    static class Throughput {
        private long samples;
        private long started;

        @On(Event.BEFORE_TRAIN)
        void start() {
            samples = 0;
            started = System.nanoTime();
        }

        @On(Event.AFTER_BATCH)
        void count(Learner learner) {
            samples += learner.batch().size();
        }

        @On(Event.AFTER_TRAIN)
        void print() {
            System.out.println(samples * 1e9 / (System.nanoTime() - started));
        }
    }

    static class Writer {
        @On(Event.AFTER_BATCH)
        @HostRead("it writes each prediction")
        void write(Learner learner) {
            if (learner.training() || !learner.predicted()) return;
            Tensor host = learner.pred().detach().cpu();
            long rows = host.size(0);
            for (int i = 0; i < rows; i++) System.out.println(host.select(0, i).item_double());
        }
    }

    static class SwitchesItselfOff {
        @On(Event.AFTER_BATCH)
        void once(CallbackHandle handle, int iter) {
            if (iter > 10) handle.run(false);
        }
    }

    static class Patience {
        @Checkpointed
        int waited;

        @On(Event.AFTER_EPOCH)
        void check(Learner learner) throws CancelFitException {
            Optional<Double> accuracy = learner.recorder().last().map(row -> row.cells().get("accuracy"));
            waited = accuracy.filter(a -> a > 0.9).isPresent() ? 0 : waited + 1;
            if (waited > 3) throw CancelFitException.INSTANCE;
        }
    }

    static class DeviceStatistics {
        private final Map<String, Long> numbers = new TreeMap<>();

        @On({Event.BEFORE_BATCH, Event.AFTER_BATCH})
        void log(Learner learner, Event event) {
            numbers.merge(event.lowerCaseName(), 1L, Long::sum);
            if (event == Event.AFTER_BATCH && learner.predicted()) numbers.put("pred", learner.pred().numel());
        }
    }

    static class ByEvent {
        @On({Event.BEFORE_BATCH, Event.AFTER_PRED, Event.AFTER_LOSS})
        void log(Learner learner) {
            switch (learner.event()) {
                case AFTER_PRED -> System.out.println(learner.pred().dim());
                case AFTER_LOSS -> System.out.println(learner.loss().dim());
                default -> System.out.println(learner.x().dim());
            }
        }

        @On({Event.AFTER_PRED, Event.AFTER_EPOCH})
        void other(Learner learner) {
            boolean inside = learner.event() == Event.AFTER_PRED;
            if (inside) System.out.println(learner.pred().dim());
        }

        @On({Event.AFTER_PRED, Event.AFTER_EPOCH})
        void third(Learner learner) {
            if (learner.event() != Event.AFTER_PRED) return;
            System.out.println(learner.pred().dim());
        }
    }

    static class OnException {
        @On({Event.AFTER_BATCH, Event.AFTER_FIT})
        void look(Learner learner) {
            try {
                System.out.println(learner.pred().dim());
            } catch (IllegalStateException absent) {
                System.out.println("no prediction here");
            }
        }
    }

    static class Asynchronous {
        private final ExecutorService pool = Executors.newSingleThreadExecutor();
        private final Deque<CompletableFuture<Void>> running = new ArrayDeque<>();

        @On(Event.AFTER_BATCH)
        void upload(Learner learner) {
            int iter = learner.iter();
            pool.execute(() -> System.out.println(iter));
            Tensor kept = learner.keep(learner.batch().x());
            running.add(CompletableFuture.runAsync(() -> System.out.println(kept.numel()), pool)
                    .whenComplete((nothing, failure) -> kept.close()));
        }

        @On(Event.AFTER_PRED)
        void atOnce(Learner learner) {
            Tensor pred = learner.pred();
            CompletableFuture.runAsync(() -> System.out.println(pred.numel()), pool).join();
        }

        @On(Event.AFTER_FIT)
        void end() {
            running.forEach(CompletableFuture::join);
            pool.shutdown();
        }
    }

    static class Decay {
        @On(Event.BEFORE_STEP)
        void decay(Optimizer optimizer) {
            try (NoGrad off = NoGrad.enter()) {
                for (ParameterGroup group : optimizer.groups()) {
                    for (Parameter parameter : group.parameters()) parameter.tensor().mul_(new org.bytedeco.pytorch.Scalar(0.99));
                }
            }
        }
    }

    static class Cancelling {
        @On(Event.BEFORE_EPOCH)
        void skip(Learner learner) throws CancelEpochException, CancelFitException {
            try {
                if (learner.epoch() == 2) throw CancelEpochException.INSTANCE;
                if (learner.epoch() == 7) throw CancelFitException.INSTANCE;
            } catch (CancelFitException e) {
                System.out.println("the fit ends");
                throw e;
            } catch (Exception e) {
                System.out.println("an epoch is skipped");
                throw e;
            }
        }

        @On(Event.AFTER_EPOCH)
        void failing(Learner learner) {
            try {
                Files.delete(Path.of("x" + learner.epoch()));
            } catch (Exception e) {
                System.out.println(e.getMessage());
            }
        }

        @On(Event.AFTER_LOSS)
        void purpose(Learner learner) {
            try {
                maybe(learner);
            } catch (CancelFitException onPurpose) {
                System.out.println("not yet");
            } catch (Exception other) {
                throw new IllegalStateException(other);
            }
        }

        private void maybe(Learner learner) throws CancelFitException {
            if (learner.trainIter() == 3) throw CancelFitException.INSTANCE;
        }
    }

    static class Restoring {
        private final Map<String, Runnable> undo = new HashMap<>();

        @On(Event.BEFORE_VALIDATE)
        void swap(Learner learner) {
            undo.put("mode", () -> {});
            learner.until(Scope.EPOCH, () -> undo.values().forEach(Runnable::run));
        }
    }

    static class Inputs {
        @On(Event.BEFORE_BATCH)
        @Writes("batch")
        void normalize(Learner learner) {
            var batch = learner.batch();
            var x = batch.x();
            learner.setBatch(dev.rondo.data.Batch.of(x.sub(x.mean()), batch.y()));
        }
    }
}
