package valid.bodies;

import dev.rondo.Learner;
import dev.rondo.ScopeLocal;
import dev.rondo.annotation.On;
import dev.rondo.data.Batch;
import dev.rondo.event.Event;
import dev.rondo.event.Scope;
import dev.rondo.torch.Handles;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Tensors that outlive the handler rightly. */
class Owning {
    /** Each batch forgets what it has stored. */
    static class Forgotten {
        private Tensor features;
        private Tensor input;
        private Optional<Tensor> output = Optional.empty();
        private List<Tensor> parts = new ArrayList<>();
        private Map<String, Tensor> named = new LinkedHashMap<>();
        private final Map<Integer, Tensor> byBatch = new HashMap<>();
        private final Tensor[] slots = new Tensor[2];
        private Tensor[] row = {};
        private final AtomicReference<Tensor> shared = new AtomicReference<>();
        private Tensor released;
        private Tensor passed;
        private Tensor trained;

        @On(Event.AFTER_PRED)
        void remember(Learner learner, Tensor pred, int iter) {
            features = pred.detach();
            input = learner.x();
            output = Optional.of(pred);
            parts.addAll(learner.xb());
            named.put("pred", pred);
            byBatch.put(iter, pred);
            slots[0] = pred;
            row = new Tensor[] {pred};
            shared.set(pred);
            released = pred.mean();
            if (learner.training()) trained = pred;
        }

        @On(Event.AFTER_BATCH)
        void forget(int iter, boolean training) {
            if (training) trained = null;
            if (features != null) {
                features.close();
                features = null;
            }
            try {
                output = Optional.empty();
            } finally {
                input = null;
            }
            parts = new ArrayList<>();
            named = Map.of();
            byBatch.remove(iter);
            Arrays.fill(slots, null);
            row = new Tensor[0];
            shared.set(null);
            release();
        }

        private void release() {
            released = null;
        }

        @On(Event.AFTER_LOSS)
        void asAParameter(Tensor loss) {
            passed = loss;
            try {
                System.out.println(size());
            } finally {
                passed = null;
            }
        }

        private long size() {
            return passed.numel();
        }
    }

    /** A base stores, and a subclass forgets. */
    abstract static class Stores {
        protected Tensor last;

        protected void store(Tensor tensor) {
            last = tensor;
        }
    }

    static class Forgets extends Stores {
        @On(Event.AFTER_PRED)
        void remember(Tensor pred) {
            store(pred);
        }

        @On(Event.AFTER_BATCH)
        void forget() {
            last = null;
        }
    }

    static class Taken implements AutoCloseable {
        private final List<Tensor> all = new ArrayList<>();
        private final Deque<Tensor> window = new ArrayDeque<>();
        private final UnaryOperator<Tensor> keeper = Handles::keep;
        private Map<Long, Tensor> bySize = new HashMap<>();
        private Tensor last;

        @On(Event.AFTER_LOSS)
        void inManyWays(Learner learner, Tensor loss) {
            last = Handles.own(loss.detach());
            last = Handles.own(Handles.copy(loss));
            last = loss.detach().retainReference();
            last = (Tensor) loss.mul(new Scalar(2)).retainReference();
            Tensor mean = loss.mean();
            take(mean);
            last = mean;
            window.addLast(learner.keep(loss));
            if (window.size() > 10) window.removeFirst().close();
        }

        private static void take(Tensor tensor) {
            tensor.retainReference();
        }

        @On(Event.AFTER_PRED)
        void several(Learner learner) {
            List<Tensor> copies = learner.xb().stream().map(Tensor::detach).toList();
            copies.forEach(Handles::own);
            all.addAll(copies);
            List<Tensor> more = new ArrayList<>();
            for (Tensor x : learner.xb()) more.add(x.detach());
            for (Tensor x : more) Handles.own(x);
            all.addAll(more);
            all.addAll(learner.xb().stream().map(learner::keep).toList());
            all.addAll(learner.xb().stream().map(x -> learner.keep(x)).collect(Collectors.toList()));
            all.addAll(learner.xb().stream().map(keeper).toList());
            all.addAll(learner.xb().stream().map(Tensor::detach).peek(Tensor::retainReference).toList());
            all.addAll(learner.xb().stream().map(Tensor::detach).peek(x -> x.retainReference()).toList());
            all.addAll(learner.xb().stream().collect(Collectors.mapping(learner::keep, Collectors.toList())));
            bySize = learner.yb().stream().collect(Collectors.toMap(Tensor::numel, learner::keep));
            Optional.of(learner.pred()).map(learner::keep).ifPresent(all::add);
            learner.xb().forEach(x -> all.add(learner.keep(x)));
        }

        @Override
        public void close() {
            all.forEach(Tensor::close);
        }
    }

    /** Tensors that the callback has made before. */
    static class Mine {
        private final Tensor weights = torch.ones(3);
        private Tensor running = torch.zeros(1);
        private Tensor best;

        @On(Event.BEFORE_FIT)
        void make(Learner learner) {
            running = torch.zeros(3).to(learner.model().parameters().get(0).tensor().scalar_type());
            best = running.clone();
        }

        @On(Event.AFTER_LOSS)
        void update(Tensor loss) {
            running.mul_(new Scalar(0.9)).add_(loss);
            best = running;
            best.copy_(loss);
            Tensor chosen = loss.numel() > 1 ? weights : running;
            best = chosen;
        }

        @On(Event.AFTER_EPOCH)
        void outside(Learner learner) {
            best = running.mean();
            learner.until(Scope.FIT, best);
        }
    }

    /** Functions that run later and make their own tensors. */
    static class Later {
        private final Tensor total = torch.zeros(1);
        private long size;

        @On(Event.BEFORE_BATCH)
        void atTheEnd(Learner learner, Tensor x) {
            learner.until(Scope.EPOCH, () -> {
                Tensor mean = total.mean();
                for (Tensor part : List.of(mean, total.exp())) System.out.println(part.dim());
                System.out.println(mean.numel());
            });
            long n = x.numel();
            learner.until(Scope.FIT, () -> size += n);
            Tensor mine = learner.keep(x);
            learner.until(Scope.EPOCH, mine);
            learner.until(Scope.EPOCH, mine::close);
            Tensor copy = x.detach();
            learner.until(Scope.BATCH, copy::close);
            learner.until(Scope.BATCH, () -> total.add_(copy));
        }
    }

    /** Threads that end before the handler does. */
    static class Joined {
        private final ExecutorService executor = Executors.newFixedThreadPool(2);
        private volatile long n;

        @On(Event.AFTER_PRED)
        void futures(Tensor pred) throws dev.rondo.event.CancelBatchException {
            Future<Long> dim = executor.submit(() -> pred.dim());
            CompletableFuture<Void> numel = CompletableFuture.runAsync(() -> n = pred.numel(), executor);
            try {
                n += dim.get();
            } catch (InterruptedException | ExecutionException e) {
                throw dev.rondo.event.CancelBatchException.INSTANCE;
            }
            CompletableFuture.allOf(numel).join();
        }

        @On(Event.AFTER_LOSS)
        void threads(Tensor loss) {
            Thread other = new Thread(() -> n = loss.numel());
            other.start();
            try {
                other.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @On(Event.AFTER_BATCH)
        void latches(Learner learner) {
            CountDownLatch done = new CountDownLatch(1);
            Tensor pred = learner.pred();
            executor.execute(() -> {
                n = pred.numel();
                done.countDown();
            });
            try {
                done.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @On(Event.AFTER_BATCH)
        void parallel(Learner learner) {
            learner.xb().parallelStream().forEach(x -> n += x.numel());
        }
    }

    static class InScopes {
        private static final ScopeLocal<Tensor> OUTPUT = ScopeLocal.of(Scope.BATCH);
        private final ScopeLocal<Batch> before = ScopeLocal.of(Scope.BATCH);
        private final ScopeLocal<Long> seen = ScopeLocal.of(Scope.EPOCH, 0L);
        private final ScopeLocal<Tensor> best = ScopeLocal.of(Scope.FIT);

        @On(Event.AFTER_PRED)
        void remember(Learner learner) {
            OUTPUT.set(learner, learner.pred());
            before.set(learner, learner.batch());
            seen.set(learner, seen.get(learner) + learner.pred().size(0));
            best.set(learner, learner.keep(learner.pred()));
        }
    }

    /** Arrays and objects that the handler makes and drops. */
    static class Locals {
        private final Tensor[] mine = new Tensor[2];
        private long n;

        private static final class Pair {
            Tensor left;
            Tensor right;
        }

        @On(Event.AFTER_BATCH)
        void only(Learner learner, Tensor pred) {
            Tensor[][] grid = new Tensor[2][2];
            grid[0][1] = pred;
            Tensor[] row = grid[0];
            row[0] = pred.exp();
            Pair pair = new Pair();
            pair.left = pred;
            pair.right = row[0];
            Tensor[] copy = mine.clone();
            copy[0] = pred;
            List<Tensor> list = new ArrayList<>(Arrays.asList(mine));
            list.add(pred);
            List<Tensor> joined = List.copyOf(list);
            n += joined.size() + pair.left.dim() + copy.length;
            fill(new ArrayList<>(), pred);
            var local = new AtomicReference<Tensor>();
            local.set(pred);
        }

        private void fill(List<Tensor> into, Tensor tensor) {
            into.add(tensor);
            n += into.size();
        }
    }
}
