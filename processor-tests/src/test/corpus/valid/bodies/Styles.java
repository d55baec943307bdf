package valid.bodies;

import dev.rondo.CallbackHandle;
import dev.rondo.Learner;
import dev.rondo.LearnerBuilder;
import dev.rondo.Series;
import dev.rondo.Undo;
import dev.rondo.annotation.Attribute;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.EventType;
import dev.rondo.annotation.HostRead;
import dev.rondo.annotation.On;
import dev.rondo.annotation.WaitsForDevice;
import dev.rondo.annotation.Writes;
import dev.rondo.data.Batch;
import dev.rondo.event.CancelBatchException;
import dev.rondo.event.CancelException;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.Event;
import dev.rondo.event.RunKind;
import dev.rondo.event.Scope;
import dev.rondo.torch.Draws;
import dev.rondo.torch.Handles;
import dev.rondo.torch.NoGrad;
import java.lang.annotation.ElementType;
import java.lang.annotation.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** What is right, written in ways that a coarse rule would take for wrong. */
@SuppressWarnings("try")
class Styles {
    // ---- guards

    static class Guards {
        private double n;
        private boolean verbose;

        @On(Event.AFTER_CANCEL_EPOCH)
        void ternary(Learner learner) {
            n += learner.predicted() ? learner.pred().numel() : 0;
        }

        @On(Event.AFTER_EPOCH)
        void and(Learner learner) {
            if (verbose && learner.hasLoss() && learner.loss().dim() == 0) n++;
        }

        @On(Event.AFTER_EPOCH)
        void or(Learner learner) {
            if (!learner.hasLoss() || learner.loss().dim() > 0) return;
            n += learner.loss().numel();
        }

        @On(Event.BEFORE_BATCH)
        void local(Learner learner) {
            boolean there = learner.lossComputed();
            if (!there) return;
            n += learner.lossGrad().numel();
        }

        @On(Event.BEFORE_BATCH)
        void otherwise(Learner learner) {
            if (!learner.predicted()) n++;
            else n += learner.pred().numel();
        }

        @On(Event.AFTER_FIT)
        void thrown(Learner learner) {
            if (!learner.predicted()) throw new IllegalStateException();
            n += learner.pred().numel();
        }

        @On(Event.AFTER_FIT)
        void inALoop(Learner learner) {
            for (int i = 0; i < 3; i++) {
                if (!learner.predicted()) continue;
                n += learner.pred().numel();
            }
            while (learner.predicted()) n += learner.pred().numel();
        }

        @On(Event.AFTER_EPOCH)
        void inAHelper(Learner learner) {
            if (isReady(learner)) n += learner.pred().numel();
        }

        private boolean isReady(Learner learner) {
            return learner.predicted();
        }

        @On(Event.AFTER_EPOCH)
        void ofTheCaller(Learner learner) {
            if (learner.predicted()) read(learner);
        }

        @On(Event.AFTER_PRED)
        void readsToo(Learner learner) {
            read(learner);
        }

        private void read(Learner learner) {
            n += learner.pred().numel();
        }

        @On({Event.AFTER_PRED, Event.AFTER_EPOCH})
        void ofAnotherKind(Learner learner) {
            if (verbose) n += learner.pred().numel();
            verbose = !verbose;
        }

        @On(Event.AFTER_CANCEL_BATCH)
        void byAParameter(Learner learner, boolean predicted) {
            if (predicted) n += learner.pred().numel();
        }
    }

    static class Later {
        private Supplier<Tensor> lazily = () -> null;

        @On(Event.BEFORE_BATCH)
        void later(Learner learner) {
            lazily = learner::pred;
            Runnable last = () -> System.out.println(learner.loss().dim());
            learner.until(Scope.BATCH, last::run);
            learner.until(Scope.BATCH, () -> System.out.println(learner.pred().item_double()));
        }

        @On(Event.AFTER_LOSS)
        void now() {
            System.out.println(lazily.get());
        }
    }

    // ---- other learners

    static class Others {
        private final List<Learner> ensemble = new ArrayList<>();
        private Learner best;

        @On(Event.BEFORE_EPOCH)
        void compare(Learner learner) {
            for (Learner other : ensemble) {
                if (other != learner) System.out.println(other.pred().dim());
            }
            if (best != null) best.setPred(best.pred());
            Learner chosen = ensemble.isEmpty() ? learner : ensemble.get(0);
            System.out.println(chosen.loss().dim());
        }
    }

    // ---- writes

    static class Written {
        @On(Event.AFTER_LOSS)
        @Writes({"lossGrad", "loss"})
        void either(Learner learner) {
            if (learner.epoch() > 1) learner.setLossGrad(learner.loss());
            else setBoth(learner, learner.lossGrad());
        }

        private void setBoth(Learner learner, Tensor value) {
            learner.setLoss(value.detach());
            learner.setLossGrad(value);
        }

        @On(Event.BEFORE_BATCH)
        @Writes("batch")
        void elsewhere(Learner learner) {
            Elsewhere.change(learner);
        }

        @On(Event.BEFORE_BATCH)
        @Writes("batch")
        void atTheEnd(Learner learner) {
            Batch before = learner.batch();
            learner.until(Scope.BATCH, () -> learner.setBatch(before));
        }

        @On(Event.AFTER_PRED)
        @Writes("pred")
        void inPlace(Learner learner) {
            learner.pred().mul_(new Scalar(2));
        }
    }

    static final class Elsewhere {
        private Elsewhere() {}

        static void change(Learner learner) {
            learner.setBatch(learner.batch());
        }
    }

    abstract static class Template {
        @On(Event.AFTER_LOSS)
        @Writes("lossGrad")
        void change(Learner learner) {
            apply(learner);
        }

        protected void apply(Learner learner) {}
    }

    static class Filled extends Template {
        @Override
        protected void apply(Learner learner) {
            learner.setLossGrad(learner.lossGrad().abs());
        }
    }

    // ---- tensors

    static class Tensors implements AutoCloseable {
        private final Map<String, Tensor> kept = new LinkedHashMap<>();
        private final List<Long> sizes = new ArrayList<>();
        private final List<double[]> numbers = new ArrayList<>();
        private final Series series = new Series();
        private final Tensor[] slots = new Tensor[2];
        private Tensor weights;
        private Tensor chosen;
        private long size;
        private String shape = "";

        @On(Event.BEFORE_FIT)
        void outside(Learner learner) {
            weights = torch.ones(3).mul(new Scalar(2));
            chosen = weights;
        }

        @On(Event.AFTER_PRED)
        void numbersOnly(Tensor pred) {
            sizes.add(pred.numel());
            size = pred.size(0);
            shape = List.of(pred.dim(), pred.size(0)).toString();
        }

        @On(Event.AFTER_PRED)
        void helper(Tensor pred) {
            store("pred", pred);
            chosen = duplicate(pred);
            slots[0] = duplicate(pred.detach());
            kept.put("mean", Handles.keep(pred.mean()));
        }

        private void store(String name, Tensor tensor) {
            Tensor before = kept.put(name, Handles.keep(tensor));
            if (before != null) before.close();
        }

        private static Tensor duplicate(Tensor tensor) {
            return Handles.keep(tensor.clone());
        }

        @On(Event.AFTER_LOSS)
        void intoASeries(Tensor loss) {
            series.add(loss);
        }

        @On(Event.AFTER_BATCH)
        void localsOnly(Learner learner) {
            List<Tensor> parts = new ArrayList<>(learner.xb());
            parts.add(learner.y());
            Tensor[] row = new Tensor[2];
            row[0] = parts.get(0);
            Map<String, Tensor> named = new LinkedHashMap<>();
            named.put("x", row[0]);
            Optional<Tensor> first = parts.stream().findFirst();
            first.ifPresent(x -> sizes.add(x.numel()));
        }

        @On(Event.AFTER_BATCH)
        void ofFields(Learner learner) {
            Tensor same = weights;
            chosen = same;
            slots[1] = chosen;
            chosen = Objects.requireNonNull(weights);
            chosen = learner.training() ? weights : slots[0];
        }

        @On(Event.AFTER_PRED)
        void owned(Tensor pred) {
            chosen = pred.detach();
            Handles.own(chosen);
        }

        @Override
        public void close() {
            kept.values().forEach(Tensor::close);
        }
    }

    static class OwnedFields {
        private Tensor ema;

        @On(Event.AFTER_STEP)
        void update(Tensor lossGrad) {
            try (NoGrad off = NoGrad.enter();
                    PointerScope scope = new PointerScope()) {
                Tensor next = lossGrad.detach().mul(new Scalar(0.1));
                scope.detach(next);
                ema = next;
            }
        }
    }

    // ---- reads

    static class Reads {
        private double last;

        @On(Event.AFTER_EPOCH)
        void outside(Learner learner) {
            if (learner.hasLoss()) last = learner.loss().item_double();
            last += learner.smoothLoss();
        }

        @On(Event.BEFORE_BATCH)
        void ofTheHost(Learner learner) {
            double lambda = Draws.at(1, learner.epoch()).beta(0.4, 1).mean().numel();
            Tensor host = torch.rand(3);
            last = host.max().item_double() + lambda;
            Tensor given = Tensor.create(1f, 2f);
            last += given.mul(new Scalar(2)).sum().item_double();
        }

        @On(Event.AFTER_BATCH)
        void sizes(Learner learner) {
            last = learner.pred().size(0) + learner.pred().dim() + learner.batch().size();
            if (learner.pred().is_cuda() && learner.pred().requires_grad()) last++;
        }

        @On(Event.AFTER_LOSS)
        @HostRead("through another object")
        void elsewhere(Tensor loss) {
            last = new Reader().read(loss);
        }

        @On(Event.AFTER_LOSS)
        @HostRead("through a method of ours")
        void helped(Tensor loss) {
            last = value(loss);
        }

        private double value(Tensor tensor) {
            return tensor.item_double();
        }

        @On({Event.AFTER_BATCH, Event.AFTER_EPOCH})
        @HostRead("on the last batch")
        void sometimes(Learner learner) {
            if (learner.hasLoss()) value(learner.loss());
        }
    }

    static final class Reader {
        @WaitsForDevice
        double read(Tensor tensor) {
            return tensor.item_double();
        }
    }

    // ---- cancels

    static class Cancels {
        private CancelException pending;

        @On(Event.AFTER_LOSS)
        void wrapped(Learner learner) throws CancelFitException, CancelBatchException {
            try {
                decide(learner);
            } catch (Exception e) {
                if (e instanceof CancelFitException cancel) throw cancel;
                if (e instanceof CancelBatchException) throw (CancelBatchException) e;
                System.out.println(e);
            }
        }

        @On(Event.AFTER_PRED)
        void postponed(Learner learner) {
            try {
                decide(learner);
            } catch (CancelException e) {
                pending = e;
            }
        }

        @On(Event.AFTER_BATCH)
        void raise() throws CancelFitException {
            if (pending instanceof CancelFitException cancel) throw cancel;
        }

        @On(Event.BEFORE_BACKWARD)
        void handedOn(Learner learner) throws CancelFitException, CancelBatchException {
            try {
                decide(learner);
            } catch (Throwable t) {
                throw rethrown(t);
            }
        }

        private static RuntimeException rethrown(Throwable t) throws CancelFitException, CancelBatchException {
            if (t instanceof CancelFitException cancel) throw cancel;
            if (t instanceof CancelBatchException cancel) throw cancel;
            return new IllegalStateException(t);
        }

        private void decide(Learner learner) throws CancelFitException, CancelBatchException {
            if (learner.epoch() == 1) throw CancelBatchException.INSTANCE;
            if (learner.epoch() == 2) throw CancelFitException.INSTANCE;
        }

        @On(Event.AFTER_STEP)
        void noCancelInThere() {
            try {
                Object o = Integer.parseInt("3");
                System.out.println(o);
            } catch (Exception e) {
                System.out.println(e);
            }
            Runnable quiet = () -> {
                try {
                    System.out.println();
                } catch (RuntimeException e) {
                    System.out.println(e);
                }
            };
            quiet.run();
        }
    }

    // ---- undos

    static class Undos {
        private Undo quiet;

        @On(Event.BEFORE_FIT)
        void begin(Learner learner) {
            quiet = learner.noLogging();
            learner.until(Scope.FIT, learner.lossReplacedBy(learner.lossFunction()));
            Undo added = learner.addedCallbacks(new Guards());
            learner.until(Scope.FIT, added);
        }

        @On(Event.AFTER_FIT)
        void end() {
            quiet.close();
        }

        Undo handedOn(Learner learner) {
            return learner.context();
        }
    }

    // ---- shapes

    @EventType(within = Scope.EPOCH)
    @Target(ElementType.METHOD)
    @interface AfterUpload {
        int order() default 0;
    }

    static class GanLearner extends Learner {
        private Tensor fake;

        GanLearner(LearnerBuilder builder) {
            super(builder);
        }

        @Attribute(from = Event.AFTER_PRED, until = Event.AFTER_BATCH, writable = true)
        public Tensor fake() {
            return fake;
        }

        public void setFake(Tensor tensor) {
            fake = tensor;
        }
    }

    @Callback(learner = GanLearner.class)
    static class Generator {
        @On(Event.AFTER_PRED)
        @Writes("fake")
        Tensor generate(GanLearner learner) {
            return torch.randn_like(learner.pred());
        }

        @AfterUpload
        void uploaded(GanLearner learner, RunKind kind) {
            System.out.println(learner.pred() + " " + kind);
        }
    }

    static class Generic<K, V extends Tensor> {
        private final Map<K, Function<Tensor, V>> functions = new LinkedHashMap<>();
        private final Map<K, Long> sizes = new LinkedHashMap<>();

        @On(Event.AFTER_PRED)
        void apply(Tensor pred) {
            functions.forEach((name, function) -> sizes.put(name, function.apply(pred).numel()));
        }
    }

    static class LocalThings {
        @On(Event.AFTER_FIT)
        void report(Learner learner, CallbackHandle handle) {
            record Line(String name, int epoch) {}
            class Printer {
                void print(Line line) {
                    System.out.println(line);
                }
            }
            new Printer().print(new Line(handle.name(), learner.epoch()));
            new Object() {
                void say() {
                    System.out.println(learner.trainIter());
                }
            }.say();
        }
    }

    static class Recursive {
        @On(Event.AFTER_PRED)
        void walk(Learner learner) {
            down(learner, 3);
            up(learner.pred(), 3);
        }

        private int down(Learner learner, int n) {
            return n == 0 ? learner.epoch() : down(learner, n - 1);
        }

        private Tensor up(Tensor tensor, int n) {
            Tensor t = tensor;
            for (int i = 0; i < n; i++) t = up(t.exp(), n - 1);
            return t;
        }
    }
}
