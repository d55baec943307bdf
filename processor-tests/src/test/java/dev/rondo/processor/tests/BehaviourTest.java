package dev.rondo.processor.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rondo.Learner;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.On;
import dev.rondo.annotation.Writes;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.spi.CallbackTable;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** Generated tables run: these callbacks are compiled by the processor with the tests. */
class BehaviourTest {
    @Callback(order = 3, runs = Phase.TRAIN)
    static class Base {
        final List<String> calls = new ArrayList<>();

        @On(Event.AFTER_LOSS)
        @Writes("lossGrad")
        Tensor twice(Tensor lossGrad, int trainIter) {
            calls.add("twice " + trainIter);
            return lossGrad.mul(torch.tensor(2.0));
        }

        @On({Event.BEFORE_EPOCH, Event.AFTER_EPOCH})
        void epoch(int epoch, Learner learner) {
            calls.add("epoch " + epoch + " of " + learner.nEpoch());
        }
    }

    static final class Sub extends Base {
        @Override
        @On(
                value = {Event.BEFORE_EPOCH, Event.AFTER_EPOCH},
                order = 5)
        void epoch(int epoch, Learner learner) {
            calls.add("sub epoch " + epoch);
        }

        @On(Event.AFTER_FIT)
        void end() {
            calls.add("end");
        }
    }

    static final class Stopper {
        @On(Event.BEFORE_EPOCH)
        void stop() throws CancelFitException {
            throw CancelFitException.INSTANCE;
        }
    }

    @Test
    void aLearnerFindsTheTableAndCallsTheHandlers() {
        Base base = new Base();
        try (Learner learner = Learners.with(base)) {
            learner.fit(1, 0.1);
        }
        assertEquals(List.of("epoch 0 of 1", "twice 0", "epoch 0 of 1"), base.calls);
    }

    @Test
    void aSubclassRunsInheritedHandlersOnceAndItsOwnInTheirPlace() {
        Sub sub = new Sub();
        try (Learner learner = Learners.with(sub)) {
            learner.fit(1, 0.1);
        }
        assertEquals(List.of("sub epoch 0", "twice 0", "sub epoch 0", "end"), sub.calls);
    }

    @Test
    void aCancelPassesThroughTheTable() {
        Base base = new Base();
        try (Learner learner = Learners.with(new Stopper(), base)) {
            learner.fit(2, 0.1);
        }
        assertEquals(List.of(), base.calls);
    }

    @Test
    void aTableTellsItsFacts() {
        CallbackTable<Learner> table = BehaviourTest_Sub_Callbacks.of(new Sub());
        assertEquals(CallbackTable.VERSION, table.contract());
        assertEquals(4, table.size());
        assertEquals(List.of(Event.AFTER_LOSS, Event.BEFORE_EPOCH, Event.AFTER_EPOCH, Event.AFTER_FIT), events(table));
        assertEquals(5, table.order(1));
        assertEquals(Double.NaN, table.order(0));
        assertEquals(3, table.order());
        assertEquals(true, table.runsIn(Phase.TRAIN));
        assertEquals(false, table.runsIn(Phase.VALID));
        assertThrows(IndexOutOfBoundsException.class, () -> table.event(4));
        assertThrows(NullPointerException.class, () -> BehaviourTest_Sub_Callbacks.of(null));
    }

    private static List<Event> events(CallbackTable<?> table) {
        List<Event> events = new ArrayList<>();
        for (int handler = 0; handler < table.size(); handler++) events.add(table.event(handler));
        return events;
    }
}
