package bodies.reached;

import dev.rondo.Learner;
import dev.rondo.ScopeLocal;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.On;
import dev.rondo.annotation.Writes;
import dev.rondo.data.Batch;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.event.Scope;
import dev.rondo.torch.Handles;
import dev.rondo.torch.NoGrad;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** Faults behind statements and expressions of many kinds. */
@SuppressWarnings("try")
class ThroughBranches {
    enum Mode {
        LAST,
        MEAN,
        NONE
    }

    @Callback(runs = Phase.VALID)
    record Remembers(Deque<Tensor> deque, Tensor[][] grid, Mode mode) {
        private static final ScopeLocal<Tensor> OF_THE_FIT = ScopeLocal.of(Scope.FIT);
        private static final ScopeLocal<List<Tensor>> OF_THE_EPOCH = ScopeLocal.of(Scope.EPOCH, List.of());
        private static final ScopeLocal<Tensor> OF_THE_BATCH = ScopeLocal.of(Scope.BATCH);

        Remembers {
            if (grid.length == 0) throw new IllegalArgumentException();
        }

        @On(Event.AFTER_PRED)
        void pred(Learner learner, int iter) {
            Tensor chosen =
                    switch (mode) {
                        case LAST -> learner.pred();
                        case MEAN -> {
                            Tensor mean = learner.pred().mean();
                            yield mean;
                        }
                        case NONE -> null;
                    };
            deque.push(chosen); // ! escaping-tensor
            deque().addFirst(iter > 3 ? null : chosen); // ! escaping-tensor
            grid[iter % 2][0] = ((chosen)); // ! escaping-tensor
            OF_THE_FIT.set(learner, chosen); // ! escaping-tensor
            OF_THE_EPOCH.set(learner, learner.xb()); // ! escaping-tensor
            OF_THE_BATCH.set(learner, chosen);
        }

        @On(Event.AFTER_BATCH)
        void copies(Learner learner) {
            Tensor copy;
            do {
                copy = Handles.copy(learner.pred());
            } while (copy.dim() > 3);
            deque.add(copy); // ! escaping-tensor
            deque.add(new Tensor(copy)); // ! escaping-tensor
            try (NoGrad off = NoGrad.enter()) {
                for (Tensor x = learner.x(); x.dim() > 1; x = x.mean()) {
                    deque.addLast(x); // ! escaping-tensor
                }
            } finally {
                deque.offerLast(learner.lossGrad()); // ! escaping-tensor
            }
        }
    }

    static class Reads {
        private Mode mode = Mode.LAST;
        private long n;

        @On(Event.AFTER_EPOCH)
        void cases(Learner learner) {
            switch (mode) {
                case LAST:
                    if (!learner.predicted()) break;
                    learner.pred();
                    break;
                case MEAN:
                    learner.x(); // ! attribute-not-ready
                    break;
                default:
                    n++;
            }
            long dims = switch (mode) {
                case LAST -> 0;
                case MEAN, NONE -> {
                    try {
                        yield learner.pred().dim(); // ! attribute-not-ready
                    } finally {
                        learner.y(); // ! attribute-not-ready
                    }
                }
            };
            n += dims;
        }

        @On(Event.BEFORE_VALIDATE)
        void conditions(Learner learner) {
            if (n > 3 && learner.pred().dim() > 1) n++; // ! attribute-not-ready
            if (!learner.hasLoss() || n > 3) n += learner.loss().dim(); // ! attribute-not-ready
            while (n < 3 || !learner.predicted()) n += learner.pred().dim(); // ! attribute-not-ready
            n += learner.predicted() ? 0 : learner.pred().dim(); // ! attribute-not-ready
            n += !learner.predicted() ? learner.pred().dim() : 0; // ! attribute-not-ready
            boolean absent = !learner.predicted();
            if (absent) learner.pred(); // ! attribute-not-ready
            if (absent == true) learner.lossGrad(); // ! attribute-not-ready
        }

        @On(Event.AFTER_TRAIN)
        void afterwards(Learner learner) {
            if (learner.predicted()) {
                n++;
                return;
            }
            learner.pred(); // ! attribute-not-ready
        }

        @On({Event.AFTER_PRED, Event.AFTER_FIT})
        void always(Learner learner) {
            synchronized (this) {
                assert learner.pred() != null; // ! attribute-not-ready
                for (Tensor x : List.of(learner.pred())) n += x.dim(); // ! attribute-not-ready
            }
            if (n > 3) return;
            learner.pred(); // something else tells the events apart
        }

        @On({Event.AFTER_CANCEL_EPOCH, Event.AFTER_CANCEL_FIT})
        void everywhere(Learner learner) {
            if (n > 3) n -= learner.nIter(); // ! attribute-not-ready
            labelled:
            for (int i = 0; ; i++) {
                if (i == learner.iter()) break labelled; // ! attribute-not-ready
            }
        }
    }

    static class Writes2 {
        private Batch before;

        @On(Event.BEFORE_BATCH)
        @Writes("batch")
        Batch result(Learner learner) {
            before = learner.batch(); // ! escaping-tensor
            if (learner.epoch() > 3) {
                learner.setBatch(before); // ! undeclared-write
                return Batch.of(learner.x(), learner.y());
            }
            Tensor doubled = learner.x().mul(new Scalar(2));
            before = new Batch(List.of(doubled), List.of()); // ! escaping-tensor
            return Batch.of(doubled, learner.y());
        }
    }

    static class Waits {
        private double n;

        @On({Event.AFTER_LOSS, Event.AFTER_BATCH})
        void conditions(Learner learner, int trainIter) {
            if (trainIter % 50 == 0 && learner.loss().item_double() > 3) n++; // ! host-read
            n += learner.training() ? learner.loss().item_double() : 0; // ! host-read
            Tensor local = n > 3 ? learner.loss().cpu() : learner.loss(); // ! host-read
            n += local.item_double(); // ! host-read
            if ((Object) learner.pred() instanceof Tensor pred && pred.is_nonzero()) n++; // ! host-read
            n += switch (trainIter) {
                case 0 -> local.dim();
                default -> learner.pred().max().item_long(); // ! host-read
            };
            try (Tensor max = learner.pred().max()) {
                n += max.item_float(); // ! host-read
            }
            double[] all = {learner.loss().item_double(), n}; // ! host-read
            n = all[0];
            n += Math.max(learner.x().item_byte(), 3) + (learner.y().item_bool() ? 1 : 0); // ! host-read host-read
        }
    }
}
