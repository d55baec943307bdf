package dev.rondo.processor.body;

import dev.rondo.processor.body.Use.When;
import java.util.Set;

/** What the code around a place says of it, and what the code before it says of what follows. */
final class Circumstances {
    /** Whether attributes are there. */
    private boolean guarded;

    /** Whether something else decides whether the place is reached. */
    private boolean conditional;

    /** Whether an exception for an absent attribute is caught. */
    private boolean caught;

    /** Whether the place is in a function that runs after the method. */
    private boolean later;

    /** Whether a condition around the place asks for an attribute or the event. */
    private boolean asked;

    /** Whether something before it may leave the method. */
    private boolean leaves;

    /** Whether it does so depending on an attribute or the event. */
    private boolean leavesAsked;

    private boolean ensures;

    When when() {
        return new When(guarded || caught, conditional, later, Set.of());
    }

    boolean later() {
        return later;
    }

    /** Whether the method throws unless attributes are there. */
    boolean ensures() {
        return ensures;
    }

    /**
     * Code that may not run.
     *
     * @param guards whether it runs only where attributes are there
     * @param asks whether its condition asks for an attribute or the event
     * @param left whether what follows never runs after it; then the caller knows more
     */
    void branch(Runnable code, boolean guards, boolean asks, boolean left) {
        boolean guardedBefore = guarded;
        boolean conditionalBefore = conditional;
        boolean askedBefore = asked;
        boolean leavesBefore = leaves;
        boolean leavesAskedBefore = leavesAsked;
        guarded |= guards;
        conditional = true;
        asked |= asks;
        leaves = false;
        leavesAsked = false;
        code.run();
        guarded = guardedBefore || leavesAsked && !left;
        conditional = conditionalBefore || leaves;
        asked = askedBefore;
        leaves |= leavesBefore;
        leavesAsked |= leavesAskedBefore;
    }

    /** The code of a function, which returns to this method. */
    void function(Runnable code, boolean guards, boolean runsLater) {
        boolean guardedBefore = guarded;
        boolean conditionalBefore = conditional;
        boolean laterBefore = later;
        boolean leavesBefore = leaves;
        boolean leavesAskedBefore = leavesAsked;
        boolean ensuresBefore = ensures;
        later |= runsLater;
        branch(code, guards, guards, false);
        guarded = guardedBefore;
        conditional = conditionalBefore;
        later = laterBefore;
        leaves = leavesBefore;
        leavesAsked = leavesAskedBefore;
        ensures = ensuresBefore;
    }

    /** Code whose exceptions are caught. */
    void catching(Runnable code, boolean absence) {
        boolean before = caught;
        caught |= absence;
        code.run();
        caught = before;
    }

    /** A statement that leaves the method. */
    void leave() {
        leaves = true;
        leavesAsked |= asked;
    }

    /** What follows runs only where attributes are there. */
    void guard() {
        guarded = true;
    }

    /** What follows runs only in some cases. */
    void decide() {
        conditional = true;
    }

    /** The method goes on only where attributes are there. */
    void ensure() {
        ensures |= !conditional;
    }
}
