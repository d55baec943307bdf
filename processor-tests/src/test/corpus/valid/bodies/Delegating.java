package valid.bodies;

import dev.rondo.*;
import dev.rondo.annotation.*;
import dev.rondo.data.Batch;
import dev.rondo.event.*;
import dev.rondo.nn.Parameter;
import dev.rondo.torch.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Work that is handed on: to functions, methods, subclasses, threads. */
class Delegating {
    static class Dispatch {
        private final Map<Event, Consumer<Learner>> handlers = new EnumMap<>(Event.class);
        private int n;
        Dispatch() {
            handlers.put(Event.AFTER_PRED, this::onPred);
            handlers.put(Event.AFTER_EPOCH, l -> n += l.epoch());
        }
        @On({Event.AFTER_PRED, Event.AFTER_EPOCH})
        void h(Learner learner) { handlers.get(learner.event()).accept(learner); }
        private void onPred(Learner learner) { n += (int) learner.pred().numel(); }
        @On({Event.AFTER_PRED, Event.AFTER_EPOCH, Event.BEFORE_FIT})
        void sw(Learner learner, Event event) {
            switch (event) {
                case AFTER_PRED -> onPred(learner);
                case AFTER_EPOCH, BEFORE_FIT -> n++;
                default -> {}
            }
            if (Set.of(Event.AFTER_PRED).contains(event)) onPred(learner);
            if (event == Event.AFTER_PRED) onPred(learner);
            else n--;
            boolean inBatch = event.insideBatch();
            if (inBatch && n > 3) onPred(learner);
        }
        @On(Event.AFTER_EPOCH)
        void ready(Learner learner) {
            Predicate<Learner> ready = Learner::hasLoss;
            if (ready.test(learner)) n += (int) learner.loss().dim();
            Supplier<Boolean> there = learner::hasLoss;
            if (there.get()) n += (int) learner.loss().dim();
            if (!there.get()) return;
            learner.loss();
        }
        @On(Event.AFTER_EPOCH)
        void optional(Learner learner) {
            Optional.of(learner).filter(Learner::hasLoss).map(Learner::loss).ifPresent(t -> n += (int) t.dim());
            Optional.of(learner).filter(l -> l.hasLoss()).ifPresent(l -> n += (int) l.loss().dim());
            Tensor loss = learner.hasLoss() ? learner.loss() : null;
            if (loss != null) n++;
            Tensor t = valueOrNull(learner);
            System.out.println(t);
        }
        private static Tensor valueOrNull(Learner l) { return l.hasLoss() ? l.loss() : null; }
    }
    static class Params implements AutoCloseable {
        private final Map<String, Tensor> saved = new LinkedHashMap<>();
        private final List<Parameter> mine = new ArrayList<>();
        private Tensor last, running, sum;
        private Iterator<Tensor> it;
        @On(Event.BEFORE_BATCH)
        void h(Learner learner) {
            for (Parameter p : learner.model().parameters()) { saved.put(p.name(), p.tensor()); mine.add(p); p.tensor().set_requires_grad(false); }
            saved.replaceAll((k, v) -> v);
            try (NoGrad off = NoGrad.enter(); Tensor old = last) { last = learner.keep(learner.x()); System.out.println(off + "" + old); }
            running = running == null ? learner.keep(learner.x()) : running.mul_(new Scalar(2)).add_(learner.x());
            sum = sum == null ? Handles.own(torch.zeros(1)) : sum.add_(learner.x().sum());
            ThreadLocal<Tensor> tl = new ThreadLocal<>();
            tl.set(learner.x());
            Tensor[] arr = learner.xb().toArray(Tensor[]::new);
            Arrays.sort(arr, Comparator.comparing(Tensor::numel));
            List<Tensor> kept = learner.xb().stream().map(learner::keep).toList();
            learner.until(Scope.EPOCH, () -> kept.forEach(Tensor::close));
            Batch b = learner.batch();
            long size = b.size();
            String text = b.toString();
            learner.until(Scope.EPOCH, () -> System.out.println(size + text));
            int[] dims = learner.xb().stream().mapToInt(x -> (int) x.dim()).toArray();
            learner.until(Scope.FIT, () -> System.out.println(dims.length));
            Map<Long, List<Tensor>> by = learner.xb().stream().collect(Collectors.groupingBy(Tensor::dim));
            by.values().forEach(l -> System.out.println(l.size()));
        }
        @Override public void close() { saved.values().forEach(Tensor::close); }
    }
    static class Delegates {
        private Learner current;
        private final BiConsumer<Learner, Tensor> setter = Learner::setLossGrad;
        @On(Event.AFTER_LOSS) @Writes("lossGrad")
        void a(Learner learner) { setter.accept(learner, learner.loss()); }
        @On(Event.AFTER_LOSS) @Writes("lossGrad")
        void b(Learner learner) { apply(learner::setLossGrad, learner.loss()); }
        private static void apply(Consumer<Tensor> c, Tensor t) { c.accept(t); }
        @On(Event.BEFORE_BATCH) @Writes("batch")
        void c(Learner learner) { current = learner; learner.until(Scope.BATCH, this::restore); }
        private void restore() { current.setBatch(current.batch()); }
        @On(Event.AFTER_LOSS) @Writes("lossGrad")
        void d(Learner learner) { apply(t -> learner.setLossGrad(t), learner.loss()); }
        @On(Event.AFTER_LOSS) @Writes({"lossGrad", "loss"})
        void e(Learner learner) {
            try { learner.setLossGrad(learner.loss()); } finally { learner.setLoss(learner.lossGrad()); }
        }
        @On(Event.BEFORE_BACKWARD) @Writes("lossGrad")
        Tensor f(Learner learner) { Tensor t = learner.lossGrad(); return t == null ? learner.loss() : t; }
        @On(Event.AFTER_PRED) @Writes("pred") @HostRead("rarely")
        Tensor g(Tensor pred, int trainIter) { return trainIter % 100 == 0 && pred.isnan().any().item_bool() ? pred.nan_to_num() : pred; }
    }
    static abstract class Base<T> {
        protected final List<T> items = new ArrayList<>();
        protected abstract T make(Learner learner);
        @On(Event.AFTER_BATCH)
        void collect(Learner learner) { items.add(make(learner)); onItem(learner); }
        protected void onItem(Learner learner) {}
    }
    static class Kept extends Base<Tensor> {
        @Override protected Tensor make(Learner learner) { return learner.keep(learner.pred()); }
        @Override protected void onItem(Learner learner) { System.out.println(items.size()); }
    }
    static class Locking {
        private final Object lock = new Object();
        private final BlockingQueue<float[]> queue = new LinkedBlockingQueue<>();
        private Tensor shown;
        @On(Event.AFTER_BATCH)
        @HostRead("every 10th batch")
        void h(Learner learner) {
            if (learner.trainIter() % 10 != 0) return;
            float[] values = TensorValues.floats(learner.pred());
            queue.offer(values);
            synchronized (lock) { shown = learner.pred(); try { lock.notifyAll(); } finally { shown = null; } }
            CompletableFuture.runAsync(() -> System.out.println(values.length));
        }
    }
    sealed interface When permits Always, Never {}
    record Always() implements When {}
    record Never() implements When {}
    static class Sealed {
        private final When when = new Always();
        private long n;
        @On({Event.AFTER_PRED, Event.BEFORE_EPOCH})
        void h(Learner learner, Event event) {
            long m = when instanceof Always && event == Event.AFTER_PRED ? learner.pred().numel() : 0;
            n += m;
            String s = switch (event) { case AFTER_PRED -> "" + learner.pred().dim(); default -> ""; };
            n += s.length();
            loop: while (true) {
                switch (event) {
                    case AFTER_PRED: n += learner.pred().dim(); break loop;
                    default: return;
                }
            }
            n += learner.pred().dim();
        }
    }
}
