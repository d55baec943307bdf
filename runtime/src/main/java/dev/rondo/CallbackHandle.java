package dev.rondo;

import dev.rondo.dispatch.Registration;
import dev.rondo.event.Phase;

/**
 * A callback's registration with a learner: what {@link Learner#add} returns, to switch the callback, change its order or remove it.
 * Switches and removal act at once, also for the callbacks that come later in the running event; a new order holds from the next event
 * on. To be used on the learner's thread.
 */
public final class CallbackHandle {
    final Registration<Learner> registration;
    private boolean forAWhile;

    CallbackHandle(Registration<Learner> registration) {
        this.registration = registration;
    }

    /** The name of the registration: given, or derived from the class as fastai derives it ({@code GradientClip} is gradient_clip). */
    public String name() {
        return registration.name();
    }

    /** The callback object. */
    public Object callback() {
        return registration.callback();
    }

    /** Whether the callback is on. It is switched on again at the end of every fit. */
    public boolean run() {
        return registration.run();
    }

    /** Switches the callback on or off. */
    public CallbackHandle run(boolean run) {
        registration.run(run);
        return this;
    }

    /** Whether the events inside a batch of this phase reach the callback. */
    public boolean runsIn(Phase phase) {
        return registration.runsIn(phase);
    }

    /** Switches the events inside the batches of a phase on or off. */
    public CallbackHandle runsIn(Phase phase, boolean runs) {
        registration.runsIn(phase, runs);
        return this;
    }

    /** The order of the callback as a whole. */
    public double order() {
        return registration.order();
    }

    /** Gives all its handlers this order: lower runs earlier; infinities are allowed, NaN is not. */
    public CallbackHandle order(double order) {
        registration.order(order);
        return this;
    }

    /** Puts the registration behind all others of its order, from the next event on, as if it had been removed and added again. */
    public CallbackHandle moveToEnd() {
        registration.moveToEnd();
        return this;
    }

    /** Whether the callback is registered still. */
    public boolean registered() {
        return registration.registered();
    }

    /** Says that the callback goes when a fit, or whatever it was added for, ends. */
    void forAWhile() {
        forAWhile = true;
    }

    boolean isForAWhile() {
        return forAWhile;
    }

    /** Takes the switches and the order of another registration. */
    void like(CallbackHandle other) {
        forAWhile = other.forAWhile;
        registration.like(other.registration);
    }

    @Override
    public String toString() {
        return "CallbackHandle[" + name() + "]";
    }
}
