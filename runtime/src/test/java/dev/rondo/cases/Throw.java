package dev.rondo.cases;

import dev.rondo.Callbacks;
import dev.rondo.Learner;
import dev.rondo.event.CancelException;
import dev.rondo.event.Event;
import dev.rondo.spi.CallbackTable;
import java.util.function.Predicate;

/** Callbacks that throw. Their default order is 1, after the tracer. */
final class Throw {
    static final Predicate<Learner> TRAINING = Learner::training;
    static final Predicate<Learner> VALIDATING = TRAINING.negate();

    private Throw() {}

    /** Cancels when the event first fires. */
    static CallbackTable<Learner> once(Event at, CancelException cancel) {
        return once(at, 1, learner -> true, cancel);
    }

    /** Cancels when the event first fires while a condition holds. */
    static CallbackTable<Learner> once(Event at, Predicate<Learner> when, CancelException cancel) {
        return once(at, 1, when, cancel);
    }

    /** Cancels when the event first fires while a condition holds, in this order. */
    static CallbackTable<Learner> once(Event at, double order, Predicate<Learner> when, CancelException cancel) {
        boolean[] thrown = new boolean[1];
        return always(at, order, learner -> !thrown[0] && when.test(learner) && (thrown[0] = true), cancel);
    }

    /** Cancels whenever the event fires while a condition holds, in this order. */
    static CallbackTable<Learner> always(Event at, double order, Predicate<Learner> when, CancelException cancel) {
        return Callbacks.on(at, order, learner -> {
            if (when.test(learner)) throw cancel;
        });
    }

    /** Fails whenever the event fires. */
    static CallbackTable<Learner> failure(Event at, RuntimeException failure) {
        return Callbacks.on(at, 1, learner -> {
            throw failure;
        });
    }
}
