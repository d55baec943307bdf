package dev.rondo.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.event.CancelBatchException;
import dev.rondo.event.CancelException;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.spi.CallbackTable;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DispatcherTest {
    private final List<String> called = new ArrayList<>();
    private final Dispatcher<List<String>> dispatcher =
            new Dispatcher<>(called, (r, at, e) -> new IllegalStateException(r.name() + " at " + at.name(), e));

    /** What a handler does besides recording its name. */
    private interface Act {
        void act() throws CancelException;
    }

    private static final class Table extends CallbackTable<List<String>> {
        private final String name;
        private final double order;
        private final double own;
        private final Act act;
        private final Event[] events;

        Table(String name, double order, double own, Act act, Event... events) {
            this.name = name;
            this.order = order;
            this.own = own;
            this.act = act;
            this.events = events;
        }

        @Override
        @SuppressWarnings("unchecked")
        public Class<List<String>> learnerType() {
            return (Class<List<String>>) (Class<?>) List.class;
        }

        @Override
        public Object callback() {
            return this;
        }

        @Override
        public int size() {
            return events.length;
        }

        @Override
        public Event event(int handler) {
            return events[handler];
        }

        @Override
        public double order(int handler) {
            return own;
        }

        @Override
        public boolean runsIn(Phase phase) {
            return true;
        }

        @Override
        public double order() {
            return order;
        }

        @Override
        @SuppressWarnings("unchecked")
        public void call(int handler, Object learner) throws CancelException {
            ((List<String>) learner).add(name);
            act.act();
        }
    }

    private Registration<List<String>> add(String name, double order, Act act, Event... events) {
        return dispatcher.add(new Table(name, order, Double.NaN, act, events), name);
    }

    private Registration<List<String>> add(String name, double order) {
        return add(name, order, () -> {}, Event.BEFORE_BATCH);
    }

    private List<String> fire(Event event) throws CancelException {
        called.clear();
        switch (event) {
            case BEFORE_BATCH -> dispatcher.events().beforeBatch(Phase.TRAIN);
            case AFTER_FIT -> dispatcher.events().afterFit(Phase.TRAIN);
            default -> throw new IllegalArgumentException(event.toString());
        }
        return List.copyOf(called);
    }

    @Test
    void lowerOrdersRunFirst_andTiesInOrderOfRegistration() throws CancelException {
        add("b", 0);
        add("a", 0);
        add("last", Double.POSITIVE_INFINITY);
        add("first", -1);
        add("half", 0.5);
        assertEquals(List.of("first", "b", "a", "half", "last"), fire(Event.BEFORE_BATCH));
    }

    @Test
    void theOrderOfTheHandlerOverridesTheClass_andTheRegistrationOverridesBoth() throws CancelException {
        add("zero", 0);
        Registration<List<String>> r = dispatcher.add(new Table("own", -5, 5, () -> {}, Event.BEFORE_BATCH), "own");
        assertEquals(List.of("zero", "own"), fire(Event.BEFORE_BATCH));
        r.order(-7);
        assertEquals(List.of("own", "zero"), fire(Event.BEFORE_BATCH));
    }

    @Test
    void aCallbackMayHandleAnEventTwice() throws CancelException {
        add("twice", 0, () -> {}, Event.BEFORE_BATCH, Event.BEFORE_BATCH);
        assertEquals(List.of("twice", "twice"), fire(Event.BEFORE_BATCH));
    }

    @Test
    void switchesAndRemovalsTakeEffectWithinTheEvent() throws CancelException {
        List<Registration<List<String>>> later = new ArrayList<>();
        add(
                "switch",
                -1,
                () -> {
                    later.get(0).run(false);
                    later.get(1).run(true);
                    dispatcher.remove(later.get(2));
                    later.get(3).runsIn(Phase.TRAIN, false);
                },
                Event.BEFORE_BATCH);
        for (String name : List.of("off", "on", "removed", "notInTrain", "stays")) later.add(add(name, 0));
        later.get(1).run(false);
        assertEquals(List.of("switch", "on", "stays"), fire(Event.BEFORE_BATCH));
    }

    @Test
    void additionsAndOrdersTakeEffectAtTheNextEvent() throws CancelException {
        Registration<List<String>> early = add("early", 0);
        boolean[] done = new boolean[1];
        add(
                "change",
                1,
                () -> {
                    if (done[0]) return;
                    done[0] = true;
                    add("added", 2);
                    early.order(3);
                },
                Event.BEFORE_BATCH);
        assertEquals(List.of("early", "change"), fire(Event.BEFORE_BATCH));
        assertEquals(List.of("change", "added", "early"), fire(Event.BEFORE_BATCH));
    }

    @Test
    void aCallbackRemovedAndAddedAgainReceivesOnlyTheNextEvent() throws CancelException {
        Table again = new Table("again", 5, Double.NaN, () -> {}, Event.BEFORE_BATCH);
        List<Registration<List<String>>> present = new ArrayList<>();
        add(
                "swap",
                0,
                () -> {
                    dispatcher.remove(present.remove(0));
                    present.add(dispatcher.add(again, "again"));
                },
                Event.BEFORE_BATCH);
        present.add(dispatcher.add(again, "again"));
        assertEquals(List.of("swap"), fire(Event.BEFORE_BATCH));
    }

    @Test
    void afterFitTurnsOnTheCallbacksThatItReaches() throws CancelException {
        Registration<List<String>> deaf = add("deaf", 0); // handles no AFTER_FIT
        Registration<List<String>> off = add("off", 1, () -> {}, Event.AFTER_FIT);
        Registration<List<String>> later = add("later", 3, () -> {}, Event.AFTER_FIT);
        for (var r : List.of(deaf, off, later)) r.run(false);
        Registration<List<String>> thrower = add(
                "throws",
                2,
                () -> {
                    throw new IllegalArgumentException("no");
                },
                Event.AFTER_FIT);
        assertThrows(IllegalStateException.class, () -> fire(Event.AFTER_FIT));
        assertTrue(deaf.run() && off.run());
        assertEquals(List.of("throws"), called);
        assertEquals(false, later.run());
        dispatcher.remove(thrower);
        fire(Event.AFTER_FIT);
        assertTrue(later.run());
    }

    @Test
    void afterFitTurnsOnACallbackThatRemovesItselfThere() throws CancelException {
        List<Registration<List<String>>> both = new ArrayList<>();
        for (String name : List.of("itself", "other")) {
            both.add(add(
                    name,
                    0,
                    () -> both.forEach(r -> {
                        r.run(false);
                        dispatcher.remove(r);
                    }),
                    Event.AFTER_FIT));
        }
        fire(Event.AFTER_FIT);
        assertEquals(List.of("itself"), called);
        assertTrue(both.get(0).run());
        assertEquals(false, both.get(1).run(), "the end of the fit did not reach it");
    }

    @Test
    void failuresAndCancelsNameTheirHandler() throws CancelException {
        add("fine", 0);
        Registration<List<String>> thrower = add(
                "thrower",
                1,
                () -> {
                    throw new IllegalArgumentException("no");
                },
                Event.BEFORE_BATCH);
        Exception e = assertThrows(IllegalStateException.class, () -> fire(Event.BEFORE_BATCH));
        assertEquals("thrower at before_batch", e.getMessage());
        assertEquals("no", e.getCause().getMessage());
        dispatcher.remove(thrower);

        Registration<List<String>> canceller = add(
                "canceller",
                1,
                () -> {
                    throw CancelBatchException.INSTANCE;
                },
                Event.BEFORE_BATCH);
        assertThrows(CancelBatchException.class, () -> fire(Event.BEFORE_BATCH));
        assertEquals("canceller", dispatcher.lastCancel().callback());
        assertEquals("before_batch", dispatcher.lastCancel().event());
        assertEquals(null, dispatcher.currentEvent());
    }

    @Test
    void firingAllocatesNothing() throws CancelException {
        int[] calls = new int[1];
        Dispatcher<int[]> counting = new Dispatcher<>(calls, (r, at, e) -> new IllegalStateException(e));
        for (int i = 0; i < 20; i++) counting.add(new Counter(), "counter" + i);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        for (int i = 0; i < 20_000; i++) batch(counting); // until the JIT compiler has compiled it
        long before = threads.getThreadAllocatedBytes(thread);
        for (int i = 0; i < 1_000; i++) batch(counting);
        long allocated = threads.getThreadAllocatedBytes(thread) - before;
        assertTrue(allocated < 1_000, () -> allocated + " bytes in 1,000 batches");
        assertEquals(21_000 * 20 * 2, calls[0]);
    }

    private static void batch(Dispatcher<int[]> dispatcher) throws CancelException {
        dispatcher.events().beforeBatch(Phase.TRAIN);
        dispatcher.events().afterPred(Phase.TRAIN);
        dispatcher.events().afterBatch(Phase.TRAIN);
    }

    /** Counts two events of a batch. */
    private static final class Counter extends CallbackTable<int[]> {
        @Override
        public Class<int[]> learnerType() {
            return int[].class;
        }

        @Override
        public Object callback() {
            return this;
        }

        @Override
        public int size() {
            return 2;
        }

        @Override
        public Event event(int handler) {
            return handler == 0 ? Event.BEFORE_BATCH : Event.AFTER_BATCH;
        }

        @Override
        public double order(int handler) {
            return Double.NaN;
        }

        @Override
        public double order() {
            return 0;
        }

        @Override
        public boolean runsIn(Phase phase) {
            return true;
        }

        @Override
        public void call(int handler, Object calls) {
            ((int[]) calls)[0]++;
        }
    }
}
