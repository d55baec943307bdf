package dev.rondo.processor.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rondo.CallbackException;
import dev.rondo.CallbackHandle;
import dev.rondo.Learner;
import dev.rondo.Recorder;
import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import dev.rondo.event.RunKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What handlers ask for besides attributes: their registration, the kind of the run, other callbacks. */
class ParameterTest {
    static class Once {
        final List<String> calls = new ArrayList<>();

        @On(Event.BEFORE_BATCH)
        void count(CallbackHandle handle, RunKind kind) {
            calls.add(handle.name() + " " + kind);
            handle.run(false);
        }
    }

    static final class OnceAndEnd extends Once {
        @On(Event.AFTER_FIT)
        void end(RunKind runKind) {
            calls.add("end " + runKind);
        }
    }

    static class Reading {
        Recorder seen;
        int rows;

        @On(value = Event.AFTER_EPOCH, order = 100)
        void read(Recorder recorder) {
            seen = recorder;
            rows = recorder.rows().size();
        }
    }

    static final class ReadingTwice extends Reading {
        Once once;

        @On(Event.AFTER_FIT)
        void again(Once other, Recorder recorder) {
            once = other;
        }
    }

    @Test
    void aHandlerSwitchesItselfOff() {
        Once once = new Once();
        try (Learner learner = Learners.with(once)) {
            learner.fit(2, 0.1);
            learner.validate();
        }
        assertEquals(List.of("once FIT", "once VALIDATE"), once.calls);
    }

    @Test
    void anInheritedHandlerGetsTheRegistrationOfTheObject() {
        OnceAndEnd once = new OnceAndEnd();
        try (Learner learner = Learners.with(once)) {
            learner.fit(1, 0.1);
        }
        // The end of a fit switches on again only what has had it.
        assertEquals(List.of("once_and_end FIT"), once.calls);
    }

    @Test
    void anotherCallbackIsGiven() {
        Once once = new Once();
        ReadingTwice reading = new ReadingTwice();
        try (Learner learner = Learners.with(once, reading)) {
            learner.fit(1, 0.1);
            assertSame(learner.recorder(), reading.seen);
        }
        assertEquals(1, reading.rows);
        assertSame(once, reading.once);
    }

    @Test
    void aTableRequiresWhatItsBaseRequiresToo() {
        assertEquals(
                List.of(Recorder.class, Once.class),
                ParameterTest_ReadingTwice_Callbacks.of(new ReadingTwice()).requires());
        assertEquals(
                List.of(),
                ParameterTest_OnceAndEnd_Callbacks.of(new OnceAndEnd()).requires());
    }

    @Test
    void aRequirementThatIsNotMetIsSaidWhenTheCallbackIsAdded() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Learners.with(new ReadingTwice()));
        assertEquals(
                "ReadingTwice requires Once, which this learner does not have. Register one before it.",
                e.getMessage());
    }

    @Test
    void oneThatWasRemovedIsMissedWhenItIsNeeded() {
        try (Learner learner = Learners.with(new Reading())) {
            learner.remove(learner.handle(learner.recorder()));
            CallbackException e = assertThrows(CallbackException.class, () -> learner.fit(1, 0.1));
            assertEquals("This learner has no Recorder.", e.getCause().getMessage());
        }
    }
}
