package dev.rondo;

import dev.rondo.dispatch.Registration;
import dev.rondo.event.Phase;

/**
 * The registration of a callback with a learner: turns the callback on or off, changes its order, moves it. Switches and removal take
 * effect at once, including for the rest of the running event. A new order takes effect at the next event. Use it only on the learner's
 * thread.
 */
public final class CallbackHandle {
    final Registration<Learner> registration;

    CallbackHandle(Registration<Learner> registration) {
        this.registration = registration;
    }

    /**
     * The name of the registration. By default it is derived from the class as in fastai: {@code gradient_clip} for {@code GradientClip}.
     */
    public String name() {
        return registration.name();
    }

    /** The callback object. */
    public Object callback() {
        return registration.callback();
    }

    /** Whether the callback is on. The end of every fit turns it on again. */
    public boolean run() {
        return registration.run();
    }

    /** Turns the callback on or off. */
    public CallbackHandle run(boolean run) {
        registration.run(run);
        return this;
    }

    /** Whether the callback receives the events inside a batch of this phase. */
    public boolean runsIn(Phase phase) {
        return registration.runsIn(phase);
    }

    /** Turns the events inside the batches of a phase on or off. */
    public CallbackHandle runsIn(Phase phase, boolean runs) {
        registration.runsIn(phase, runs);
        return this;
    }

    /** The order of the callback as a whole. */
    public double order() {
        return registration.order();
    }

    /** Sets the order of all handlers of the callback: lower runs earlier. It is a finite number. */
    public CallbackHandle order(double order) {
        registration.order(order);
        return this;
    }

    /** Moves the registration after all others of its order, from the next event on, as if it were removed and added again. */
    public CallbackHandle moveToEnd() {
        registration.moveToEnd();
        return this;
    }

    /** Whether the callback is still registered. */
    public boolean registered() {
        return registration.registered();
    }

    /** Copies the switches and the order of another registration. */
    void copySettings(CallbackHandle other) {
        registration.copySettings(other.registration);
    }

    @Override
    public String toString() {
        return "CallbackHandle[" + name() + ", order=" + order() + (run() ? "" : ", off")
                + (registered() ? "]" : ", not registered]");
    }
}
