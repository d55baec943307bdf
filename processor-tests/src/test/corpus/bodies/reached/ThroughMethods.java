package bodies.reached;

import dev.rondo.Learner;
import dev.rondo.annotation.HostRead;
import dev.rondo.annotation.On;
import dev.rondo.annotation.Writes;
import dev.rondo.data.Batch;
import dev.rondo.event.CancelBatchException;
import dev.rondo.event.CancelException;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.Tensor;

/** What a handler does through its methods. */
class ThroughMethods {
    /** A method of the class around. */
    static long sizeOf(Learner learner) {
        return learner.pred().numel(); // ! attribute-not-ready
    }

    private static Tensor lastOfAll;

    private static void rememberIn(Tensor tensor) {
        lastOfAll = tensor; // ! escaping-tensor
    }

    static class Nested {
        private long n;

        @On(Event.BEFORE_TRAIN)
        void begin(Learner learner) {
            n += sizeOf(learner);
            n += ThroughMethods.sizeOf(learner);
        }

        @On(Event.AFTER_PRED)
        void remember(Tensor pred) {
            rememberIn(pred);
        }

        static class Deeper {
            @On(Event.AFTER_PRED)
            void read(Tensor pred) {
                print(pred);
            }

            @On(Event.AFTER_CREATE)
            void create(Learner learner) {
                new Deeper().other(learner);
                this.other(learner);
            }

            private void other(Learner any) {
                any.iter(); // ! attribute-not-ready
            }
        }

        private static void print(Tensor tensor) {
            System.out.println(tensor.item_float()); // ! host-read
        }
    }

    static class Overloads {
        @On(Event.BEFORE_EPOCH)
        void begin(Learner learner) {
            log(learner);
            log("epoch", learner);
            log("epoch", 1, learner);
        }

        @On(Event.AFTER_PRED)
        void pred(Learner learner) {
            log(learner, "pred");
        }

        private void log(Learner learner) {
            System.out.println(learner.epoch());
        }

        private void log(Learner learner, String what) {
            System.out.println(what + learner.pred().dim());
        }

        private void log(String what, Learner learner) {
            System.out.println(what + learner.yb()); // ! attribute-not-ready
        }

        private void log(Object what, int n, Object learner) {
            if (learner instanceof Learner l) System.out.println(what + " " + n + l.lossGrad()); // ! attribute-not-ready
        }
    }

    static class Recursion {
        private final Map<String, List<Tensor>> all = new TreeMap<>();
        private double total;

        @On(Event.AFTER_LOSS)
        void walk(Learner learner) {
            ping(learner, learner.loss(), 3);
            total += sum(learner.xb(), 0);
        }

        private void ping(Learner learner, Tensor tensor, int n) {
            if (n > 0) pong(tensor, learner, n - 1);
            else learner.setLoss(tensor); // ! undeclared-write
        }

        private void pong(Tensor tensor, Learner learner, int n) {
            all.get("pong").add(tensor.exp()); // ! escaping-tensor
            ping(learner, tensor.exp(), n);
        }

        private static double sum(List<Tensor> tensors, int from) {
            if (from == tensors.size()) return 0;
            return tensors.get(from).sum().item_double() + sum(tensors, from + 1); // ! host-read
        }
    }

    static class Generics<T extends Tensor, L extends Learner> {
        private final List<T> kept = new ArrayList<>();
        private T last;

        @On(Event.AFTER_PRED)
        void pred(Learner learner) {
            remember(cast(learner.pred()));
            first(learner.xb(), learner).item_int(); // ! host-read
        }

        @SuppressWarnings("unchecked")
        private T cast(Tensor tensor) {
            return (T) tensor;
        }

        private void remember(T tensor) {
            last = tensor; // ! escaping-tensor
            kept.add(last = tensor); // ! escaping-tensor escaping-tensor
        }

        private static <E, X> E first(List<E> list, X other) {
            return list.get(0);
        }
    }

    static class Writing {
        @On(Event.AFTER_LOSS)
        @Writes({
            "loss", // ! unused-write
            "lossGrad"
        })
        void change(Learner learner) {
            setIn(1, learner, learner.lossGrad());
        }

        @On(Event.BEFORE_BATCH)
        @Writes("batch")
        void swap(Learner learner) {
            swapped(learner).setBatch(Batch.of(learner.y(), learner.x()));
        }

        private static Learner swapped(Learner learner) {
            learner.setPred(learner.x()); // ! undeclared-write
            return learner;
        }

        private static void setIn(int n, Learner any, Tensor... values) {
            for (Tensor value : values) any.setLossGrad(value); // ! undeclared-write
        }

        @On(Event.AFTER_PRED)
        @Writes("pred")
        Tensor beside(Learner learner) {
            setIn(1, learner);
            return swapped(learner).pred();
        }

        @On(Event.AFTER_PRED)
        @Writes("pred") // ! unused-write
        void nothing(Learner learner) {
            Tensor ours = learner.pred().exp();
            System.out.println(ours.dim());
        }
    }

    static class Cancelling {
        @On(Event.AFTER_BATCH)
        void end(Learner learner) {
            safely(learner);
        }

        private void safely(Learner learner) {
            try {
                decide(learner);
            } catch (RuntimeException | CancelException e) { // ! swallowed-cancel
                System.out.println(e);
            }
        }

        private static void decide(Learner learner) throws CancelFitException, CancelBatchException {
            if (learner.epoch() > 3) throw CancelFitException.INSTANCE;
        }
    }

    static class Acknowledging {
        @On(Event.AFTER_LOSS)
        @HostRead("through a method")
        void watch(Tensor loss) {
            System.out.println(value(loss));
        }

        @HostRead("no handler") // ! host-read
        private static double value(Tensor tensor) {
            return tensor.item_double();
        }
    }

    interface Reporting {
        @HostRead // ! host-read
        default double report(Tensor tensor) {
            return tensor.item_double(); // ! host-read
        }
    }

    static final class Reports implements Reporting {
        @On(Event.AFTER_LOSS)
        void loss(Tensor loss) {
            report(loss);
        }
    }
}
