package bodies.mixed;

import dev.rondo.*;
import dev.rondo.annotation.*;
import dev.rondo.data.*;
import dev.rondo.event.*;
import dev.rondo.torch.*;
import java.util.*;
import java.util.function.*;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.Scalar;

@SuppressWarnings("try")
class Mixed {
    sealed interface Mode permits On1, Off1 {}
    record On1(int n) implements Mode {}
    record Off1() implements Mode {}

    static abstract class Base<L extends Learner> {
        @On(Event.BEFORE_EPOCH)
        void open(Learner learner) {
            hook(learner);
            System.out.println(describe(learner, "x"));
        }

        void hook(Learner learner) {}

        private String describe(Learner l, String s) {
            return switch (s) {
                case "x" -> { yield s + l.xb().size(); } // ! attribute-not-ready
                default -> s;
            };
        }
    }

    static class Sub extends Base<Learner> {
        @Override void hook(Learner learner) {
            learner.setPred(null);
        }

        @On({Event.AFTER_PRED, Event.AFTER_LOSS, Event.BEFORE_VALIDATE})
        void b(Learner learner) {
            Object o = learner.pred(); // ! attribute-not-ready
            Function<Learner, Tensor> f = Learner::pred;
            f.apply(learner);
        }

        @On(Event.AFTER_FIT)
        void nested(Learner learner) {
            learner.until(Scope.FIT, () -> learner.pred());
            new Thread(() -> learner.pred()).start();
            Runnable r = new Runnable() { public void run() { learner.pred(); } };
            r.run();
        }

        private Mode mode = new On1(3);

        @On(Event.AFTER_BATCH)
        @HostRead("every 10th")
        void modes(Learner learner) {
            if (mode instanceof On1 on && learner.iter() % on.n() == 0) System.out.println(learner.loss().item_double());
        }

        @On(Event.AFTER_LOSS)
        void chained(Learner learner) {
            double d = Optional.of(learner.loss()).map(Tensor::detach).map(t -> t.item_double()).orElse(0.0); // ! host-read
            double e = learner.loss().detach().mul(new Scalar(2)).item_double(); // ! host-read
            float[] a = {learner.loss().item_float()}; // ! host-read
            System.out.println(d + e + a[0] + (learner.epoch() > 1 ? learner.loss().item_int() : 0)); // ! host-read
        }

        @On(Event.AFTER_LOSS)
        @Writes("lossGrad")
        Tensor result(Learner learner) throws CancelFitException {
            Tensor l = learner.lossGrad();
            if (l.isnan().any().item_bool()) throw CancelFitException.INSTANCE; // ! host-read
            return l;
        }
    }

    static class Sw {
        @On(Event.AFTER_BATCH)
        void h(Learner learner) {
            try {
                check(learner);
            } catch (CancelBatchException | CancelFitException e) {
                System.out.println("on purpose");
            }
            try {
                check(learner);
            } catch (final Throwable e) { // ! swallowed-cancel
                System.err.println("failed: " + e);
            } finally {
                System.out.println();
            }
        }
        @On(Event.AFTER_PRED)
        void lambda(Learner learner) {
            Runnable r = () -> {
                try { check(learner); } catch (Exception e) { throw new RuntimeException(e); }
            };
            r.run();
        }
        private void check(Learner learner) throws CancelFitException, CancelBatchException {
            if (learner.iter() > 1) throw CancelFitException.INSTANCE;
            throw CancelBatchException.INSTANCE;
        }
    }

    static void undos(Learner learner, boolean b) {
        Undo u = learner.noLogging();
        var c = b ? learner.noLogging() : learner.context();
        (learner).noLogging(); // ! ignored-undo
        for (int i = 0; i < 2; i++) NoGrad.enter(); // ! ignored-undo
        learner.noLogging().close();
        u.close();
        c.close();
    }
}
