package dev.rondo.cases;

import static dev.rondo.event.Event.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rondo.CallbackHandle;
import dev.rondo.Callbacks;
import dev.rondo.Learner;
import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.spi.CallbackTable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Group B: the order of callbacks, and their registration. */
class RegistrationTest extends Fixture {
    private final StringBuilder seen = new StringBuilder();

    /** A callback that writes its letter at the start of each epoch. */
    private CallbackTable<Learner> letter(String letter, double order) {
        return Callbacks.on(BEFORE_EPOCH, order, l -> seen.append(letter));
    }

    private String seenInAFit() {
        seen.setLength(0);
        learner.fit(1);
        return seen.toString();
    }

    @Test
    void b1_b2_b3_b4_callbacksRunByOrderThenByRegistration() {
        learner();
        CallbackTable<Learner> first = letter("A", 0);
        CallbackHandle a = learner.add("A", first);
        CallbackHandle b = learner.add("B", letter("B", 0));
        learner.add("C", letter("C", -1));
        assertEquals("CAB", seenInAFit());

        learner.remove(a);
        a = learner.add("A", first);
        assertEquals("CBA", seenInAFit(), "registered again, it is the last of its order");

        a.order(-5);
        assertEquals("ACB", seenInAFit());

        a.order(0.5);
        b.order(1e9);
        assertEquals("CAB", seenInAFit());
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void anOrderIsAFiniteNumber(double order) {
        learner();
        CallbackHandle a = learner.add("A", letter("A", 3));
        refused("The order of 'A' is a finite number, not " + order + ".", () -> a.order(order));
        assertEquals(3, a.order());
        refused("The order of a handler is a finite number, not " + order + ".", () -> letter("B", order));
        refused(
                "The order of java.lang.Object is a finite number, not " + order + ".",
                () -> learner.add("C", new ByHand(order, 0, Event.AFTER_FIT)));
        if (!Double.isNaN(order)) {
            refused(
                    "The order of handler 0 of java.lang.Object is a finite number, not " + order + ".",
                    () -> learner.add("C", new ByHand(0, order, Event.AFTER_FIT)));
        }
    }

    @Test
    void aHandlerHasAnEvent() {
        learner();
        refused(
                "No event is given for handler 0 of java.lang.Object. A table answers one from event(0) or customEvent(0).",
                () -> learner.add("C", new ByHand(0, 0, null)));
    }

    private static void refused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    /** A table that nobody generated. */
    private static final class ByHand extends CallbackTable<Learner> {
        private final double order;
        private final double own;
        private final Event event;

        ByHand(double order, double own, Event event) {
            this.order = order;
            this.own = own;
            this.event = event;
        }

        @Override
        public double order() {
            return order;
        }

        @Override
        public Class<Learner> learnerType() {
            return Learner.class;
        }

        @Override
        public Object callback() {
            return new Object();
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public Event event(int handler) {
            return event;
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
        public void call(int handler, Object learner) {}
    }

    /** As after a removal and an addition, but the callback still receives the running event, and its handle stays valid. */
    @Test
    void moveToEndMakesACallbackTheLastOfItsOrder() {
        learner();
        CallbackHandle a = learner.add("A", letter("A", 0));
        learner.add("B", letter("B", 0));
        learner.add("M", Callbacks.on(BEFORE_EPOCH, -1, l -> a.moveToEnd()));
        assertEquals("AB", seenInAFit());
        assertEquals("BA", seenInAFit());
        assertEquals(a, learner.callbacks().get(learner.callbacks().size() - 1));
        learner.remove(a);
        assertEquals("B", seenInAFit(), "moving a removed callback does nothing");
    }

    @Test
    void b5_callbacksOfAFitRunAfterThoseOfTheLearnerWithTheSameOrder() {
        learner(letter("L", 0)).fit(1, fit -> fit.callback("F", letter("F", 0)).callback("G", letter("G", -1)));
        assertEquals("GLF", seen.toString());
    }

    @Test
    void b6_aCallbackAddedDuringAnEventStartsWithTheNextEvent() {
        Tracer added = new Tracer();
        learner(Callbacks.on(BEFORE_EPOCH, -1, l -> {
            if (l.epoch() == 0) l.add("N", added).order(5);
        }));
        learner.fit(2);
        assertEquals(Tracer.expand("BT t t AT BV v AV AE E AF"), added.take());
    }

    @Test
    void b7_aRemovedCallbackReceivesNoMoreEvents() {
        Tracer removed = new Tracer();
        learner();
        CallbackHandle x = learner.add("X", removed).order(5);
        learner.add(Callbacks.on(BEFORE_EPOCH, -1, l -> l.remove(x)));
        learner.fit(1);
        assertEquals("BF", removed.take()); // fastai: the running event too
        assertFalse(x.registered());
    }

    @Test
    void b8_norDoesARemovedCallbackThatRunsInValidationOnly() {
        Tracer removed = new Tracer();
        learner();
        CallbackHandle x = learner.add("X", removed).order(5).runsIn(Phase.TRAIN, false);
        learner.add(Callbacks.on(BEFORE_BATCH, -1, l -> l.remove(x)));
        learner.fit(1);
        assertEquals("BF BE BT", removed.take()); // fastai: the training batch's event, once
    }

    static final class Foo {
        int calls;

        @On(Event.BEFORE_FIT)
        void count() {
            calls++;
        }
    }

    @Test
    void b9_anObjectIsRegisteredOnce() {
        Foo foo = new Foo();
        CallbackHandle handle = learner().add(foo);
        Exception e = assertThrows(IllegalArgumentException.class, () -> learner.add("second", foo));
        assertEquals("This Foo is registered already, as 'foo'. Register each object once.", e.getMessage());
        learner.fit(0);
        assertEquals(1, foo.calls);

        learner.remove(handle);
        learner.remove(handle); // removing it again does nothing
        learner.fit(0);
        assertEquals(1, foo.calls);
        learner.add(foo);
        learner.fit(0);
        assertEquals(2, foo.calls);
    }

    @Test
    void b10_twoCallbacksOfAClassNeedNames() {
        Foo foo = new Foo(), other = new Foo();
        CallbackHandle first = learner().add(foo);
        Exception e = assertThrows(IllegalArgumentException.class, () -> learner.add(other));
        assertEquals(
                "A callback named 'foo' is registered already, a Foo. Give this one a name of its own: add(\"…\", callback).",
                e.getMessage());
        CallbackHandle second = learner.add("other", other);
        learner.remove(first);
        assertSame(second, learner.handle(other), "removing one leaves the other");
        assertSame(other, learner.callback(Foo.class).orElseThrow());
    }

    @Test
    void b12_aCallbackOfAFitStaysIfTheLearnerHasIt() {
        Foo foo = new Foo();
        learner().add(foo);
        learner.fit(0, fit -> fit.callbacks(foo));
        assertEquals(1, foo.calls);
        assertSame(foo, learner.callback(Foo.class).orElseThrow());
    }

    /** Its name is that of an attribute of the learner. */
    static final class Model {
        @On(Event.BEFORE_FIT)
        void start() {}
    }

    /** Its name is that of a default callback. */
    static final class Recorder {
        @On(Event.BEFORE_FIT)
        void start() {}
    }

    @Test
    void b15_callbacksNamedAsAttributesReplaceNothing() {
        learner().add(new Model());
        assertSame(line, learner.model());
        Exception e = assertThrows(IllegalArgumentException.class, () -> learner.add(new Recorder()));
        assertEquals(
                "A callback named 'recorder' is registered already, a Recorder. Give this one a name of its own: add(\"…\","
                        + " callback).",
                e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> given().callbacks(new Recorder())
                .build());
        e = assertThrows(IllegalArgumentException.class, () -> given().callbacks(new Model(), new Model()));
        assertEquals(
                "Two callbacks named 'model'. Give one a name of its own: callback(\"…\", callback).", e.getMessage());
    }

    @Test
    void b16_defaultCallbacks() {
        learner = given().progress(true).build();
        assertEquals(
                List.of("train_eval", "recorder", "progress"),
                learner.callbacks().stream().map(CallbackHandle::name).toList());
        String outline = learner.showTrainingLoop();
        assertEquals(
                List.of("[TrainEvalCallback, Recorder, ProgressCallback]", "[Recorder, ProgressCallback]"),
                outline.lines()
                        .filter(line -> line.contains("- after_batch "))
                        .map(line -> line.replaceAll(".*:", ""))
                        .toList());
    }

    @Test
    void aRequiredCallbackMustBeRegisteredFirst() {
        Bare needsFoo = new Bare(new Model(), List.of(Foo.class));
        Exception e =
                assertThrows(IllegalArgumentException.class, () -> learner().add(needsFoo));
        assertEquals("Model requires Foo, which this learner does not have. Register one before it.", e.getMessage());
        learner.add(new Foo());
        assertSame(needsFoo.callback(), learner.add(needsFoo).callback());
    }

    @Test
    void theErrorForACallbackWithoutATableNamesTheThreeCauses() {
        String causes = ". Either rondo-processor did not run when it was compiled (JDK 23 and newer run it only from"
                + " annotationProcessorPaths or --processor-path); or it is a local or anonymous class, which no processor"
                + " sees: make it a named member class; or it has no method with @On.";
        Object anonymous = new Object() {};
        for (Object callback : List.of("text", new LinearModel(), anonymous)) {
            Exception e = assertThrows(
                    IllegalArgumentException.class,
                    () -> learner = given().callbacks(callback).build());
            assertEquals("No callback table for " + callback.getClass().getName() + causes, e.getMessage());
        }
    }
}
