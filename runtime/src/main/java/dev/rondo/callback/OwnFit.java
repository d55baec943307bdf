package dev.rondo.callback;

import dev.rondo.Learner;
import dev.rondo.event.RunKind;
import dev.rondo.event.Scope;

/** Tells the fit that a callback is at work for from the fits inside of it, which have no say in it. */
final class OwnFit {
    private int fits;

    /** At before_fit: whether it is that of a fit, and not of one inside of another. */
    boolean begins(Learner learner) {
        if (learner.runKind() != RunKind.FIT) return false;
        learner.until(Scope.FIT, () -> fits--);
        return ++fits == 1;
    }

    /** Whether the running call is a fit, and not one inside of another. */
    boolean runs(Learner learner) {
        return learner.runKind() == RunKind.FIT && fits <= 1;
    }
}
