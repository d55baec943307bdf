package bodies.mixed;

import dev.rondo.Learner;
import dev.rondo.annotation.*;
import dev.rondo.event.*;
import dev.rondo.torch.Handles;
import dev.rondo.data.*;
import dev.rondo.ScopeLocal;
import java.util.*;
import java.util.function.*;
import java.util.stream.*;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

@SuppressWarnings({"try", "finally"})
class Forms {
    enum Singleton {
        INSTANCE;
        private Tensor last;
        private static final Singleton SAME = INSTANCE;
        @On(Event.AFTER_PRED)
        void h(Learner learner) {
            INSTANCE.last = learner.pred(); // ! escaping-tensor
            SAME.last = learner.pred(); // ! escaping-tensor
            Singleton.SAME.last = learner.pred(); // ! escaping-tensor
            Forms.Singleton s = this;
            s.last = learner.pred(); // ! escaping-tensor
            (s).last = learner.pred(); // ! escaping-tensor
        }
    }
    static class Wild<A extends Tensor & AutoCloseable> {
        Map<String, ? super List<? extends Tensor>> map = new HashMap<>();
        List<? super Tensor> list = new ArrayList<>();
    }
    static class Init {
        private final Tensor a;
        private Tensor b = make(), c;
        private static Tensor make() { return torch.zeros(2); }
        { c = torch.ones(1); }
        Init() { this(torch.zeros(1)); }
        Init(Tensor t) { a = t; }
        @On(Event.AFTER_LOSS)
        void h(Learner l) {
            c = b;
            b = a.add(l.pred()); // ! escaping-tensor
            int x = 3, y = x = 4;
            Tensor t, u = t = l.pred();
            c = t; // ! escaping-tensor
            c = u; // ! escaping-tensor
            c = b = l.pred(); // ! escaping-tensor escaping-tensor
            x += y++;
            b.data_ptr(); // ! host-read
            for (var e : new Tensor[] {l.pred()}) c = e; // ! escaping-tensor
            for (Tensor[] row : new Tensor[][] {{l.pred()}}) c = row[0]; // ! escaping-tensor
            Map<Integer, Tensor> m = new HashMap<>(Map.of(1, l.pred()));
            for (Map.Entry<Integer, Tensor> e : m.entrySet()) c = e.getValue(); // ! escaping-tensor
            m.forEach((k, v) -> c = v); // ! escaping-tensor
            Iterator<Tensor> it = l.xb().iterator();
            while (it.hasNext()) c = it.next(); // ! escaping-tensor
            c = l.xb().isEmpty() ? null : l.xb().get(0); // ! escaping-tensor
            c = Objects.requireNonNullElse(c, l.pred()); // ! escaping-tensor
            c = Stream.of(l.pred()).findFirst().orElseThrow(); // ! escaping-tensor
            c = Stream.concat(l.xb().stream(), l.yb().stream()).toList().get(0); // ! escaping-tensor
            c = torch.cat(new TensorVector(l.pred(), l.x())); // ! escaping-tensor
            c = l.batch().x(); // ! escaping-tensor
            c = l.lossGrad().add_(l.loss()); // ! escaping-tensor
            c = c.add_(l.loss());
            c.add_(l.loss());
            Supplier<Tensor> s = () -> l.pred();
            c = s.get();
            Function<Tensor, Tensor> f = q -> q;
            c = f.apply(l.pred());
            new Thread() { @Override public void run() { start(); } };
        }
    }
    static abstract class Chain {
        Tensor t;
        abstract Tensor next(Tensor in);
        @On(Event.AFTER_PRED)
        void h(Tensor pred) { t = next(pred); t = next(next(pred)); }
    }
    static class Locals {
        @On({Event.AFTER_LOSS})
        void locals(Learner learner) throws CancelFitException, CancelBatchException {
            class L { void m(Learner l) { l.setLoss(null); l.pred().item_double(); } }
            new L().m(learner);
            Runnable r = () -> { class M {} ; new M(); };
            r.run();
            switch (learner.epoch()) { }
            if (learner.epoch() > 0) ; else ;
            for (;;) { if (learner.epoch() > 3) break; throw CancelFitException.INSTANCE; }
            try { throw CancelBatchException.INSTANCE; } finally { return; }
        }
        @On(Event.BEFORE_FIT)
        void empty(Learner learner) {}
        @On(Event.BEFORE_FIT)
        void onlyComment(Learner learner) { /* later */ }
    }

    static class Handled {
        private final List<Tensor> all = new ArrayList<>();
        private final List<Exception> failures = new ArrayList<>();
        private Tensor t;
        private int n;
        @On(Event.AFTER_LOSS)
        void more(Learner learner) {
            Tensor p = learner.pred();
            try (Tensor q = p.detach(); var r = p.exp()) { t = q; } // ! escaping-tensor
            synchronized (all) { all.add(p); } // ! escaping-tensor
            all.set(0, p); // ! escaping-tensor
            java.util.Collections.addAll(all, p, p.exp()); // ! escaping-tensor
            java.util.Collections.addAll(new ArrayList<Tensor>(), p);
            all.removeIf(x -> x.equal(p)); // ! host-read
            List.of(p).forEach(all::add); // ! escaping-tensor
            Optional.of(p).ifPresent(this.all::add); // ! escaping-tensor
            boolean b = p.dim() > 3 ? p.item_bool() : false; // ! host-read
            Given c = () -> p;
            System.arraycopy(new Tensor[] {p}, 0, new Tensor[1], 0, 1);
            n += p.item_int() + (int) p.cpu().item_float(); // ! host-read host-read
            assert p.item_int() > 3 : "message" + p.item_int(); // ! host-read host-read
        }
        interface Given { Tensor call(); }
    }
    static class Swallows {
        @On(Event.AFTER_BATCH)
        void one(int iter) {
            try { work(iter); }
            catch (CancelFitException | RuntimeException e) { System.out.println(e); }
            try { work(iter); }
            catch (Exception e) { // ! swallowed-cancel
                throw new IllegalStateException(e);
            }
            try { work(iter); }
            catch (Exception e) { // ! swallowed-cancel
                System.out.println(e);
                return;
            }
            for (int i = 0; i < 3; i++) try { work(i); } catch (Throwable t) { continue; } // ! swallowed-cancel
            new Object() { void m() { try { work(3); } catch (Exception e) { } } }.m();
            try (AutoCloseable a = () -> {}) { work(iter); } catch (Exception e) { System.out.println(); } // ! swallowed-cancel
        }
        private static void work(int n) throws CancelFitException {}
    }
}
