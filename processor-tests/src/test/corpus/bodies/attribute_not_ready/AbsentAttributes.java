package bodies.attribute_not_ready;

import dev.rondo.Learner;
import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

class AbsentAttributes {
    private double total;

    @On(Event.BEFORE_FIT)
    void early(Learner learner) {
        total = learner.pred().numel(); // ! attribute-not-ready
    }

    @On({Event.AFTER_PRED, Event.AFTER_EPOCH})
    void late(Learner learner) {
        Tensor pred = learner.pred(); // ! attribute-not-ready
        total += pred.numel();
    }

    @On(Event.BEFORE_BATCH)
    void throughAHelper(Learner learner) {
        if (learner.training()) helper(1, learner);
    }

    private void helper(int n, Learner theLearner) {
        deeper(theLearner, n);
    }

    private static void deeper(Learner l, int n) {
        var loss = l.loss(); // ! attribute-not-ready
        if (n > 0) deeper(l, n - 1);
        if (loss == null) throw new IllegalStateException();
    }

    @On(Event.BEFORE_FIT)
    void throughALocal(Learner learner) {
        Learner same = learner;
        for (int i = 0; i < 3; i++) {
            total += same.iter(); // ! attribute-not-ready
        }
    }

    @On(Event.AFTER_FIT)
    void inAnExpression(Learner learner) {
        double size = total > 0 ? learner.batch().size() : 0; // ! attribute-not-ready
        List.of(1, 2).forEach(n -> total += learner.x().size(n)); // ! attribute-not-ready
        total += switch ((int) size) {
            case 0 -> 1;
            default -> learner.yb().size(); // ! attribute-not-ready
        };
    }

    @On(Event.AFTER_CANCEL_TRAIN)
    void theWrongBranch(Learner learner) {
        if (!learner.predicted()) {
            total += learner.pred().numel(); // ! attribute-not-ready
        }
    }

    @On(Event.BEFORE_BATCH)
    void afterTheGuard(Learner learner) {
        if (learner.lossComputed()) {
            total++;
        }
        learner.lossGrad(); // ! attribute-not-ready
    }

    static class Generic<T extends Learner> {
        @On(Event.AFTER_CREATE)
        void create(Learner learner) {
            learner.optimizer(); // ! attribute-not-ready
        }
    }

    record Printer(String prefix) {
        @On(Event.BEFORE_TRAIN)
        void print(Learner learner) {
            System.out.println(prefix + learner.smoothLoss()); // ! attribute-not-ready
        }
    }
}
