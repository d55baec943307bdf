package dev.rondo.spi;

import dev.rondo.event.CancelException;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;

/**
 * The events of a training loop, for one learner: a method for each, and one that runs the loop. They leave the calls of handlers to
 * tables; the code that is generated for a plan overrides those of the events that it handles.
 *
 * <p>There is a method for each event, so that a place in a loop knows what it calls, and compilers at run time can put the handlers
 * there. Where a plan stands is one number in a plain field: an event costs a comparison and two stores, and the stores are dropped
 * where all its handlers are inlined and nothing between them can fail.
 *
 * <p>The phase that they take is that of the running batch; events that are not in a batch take either. All of them throw what a handler
 * throws: a {@link CancelException} if it cancels, otherwise what the runtime makes of it; the handlers behind it are not called. For
 * the thread that uses the learner, and no other.
 */
public class Events {
    /** Of {@link EventTables#call}: the plan has not begun the event. */
    public static final int NOT_BEGUN = -1;

    private static final int READY = 0;
    private static final int OFF = 64;
    private static final int CHANGED = 32; // added to that of an event, which is 1 and its number

    private final EventTables tables;
    private int state = OFF;

    /** Off, until the runtime lets it make calls. */
    public Events(EventTables tables) {
        this.tables = tables;
    }

    /**
     * Runs a loop to its end, or until something is thrown, which passes through. A plan's code overrides it with the same lines:
     * compilers at run time put a body that is called from a plan's own method, with this plan for its argument, together with the
     * handlers of this plan, whatever else has run the body before.
     */
    public void loop(LoopBody body) throws CancelException {
        int turn = 0;
        while (body.next(this, turn)) turn++;
    }

    // ---- the events

    /** Fires {@link Event#AFTER_CREATE}. */
    public void afterCreate(Phase phase) throws CancelException {
        pass(Event.AFTER_CREATE, phase);
    }

    /** Fires {@link Event#BEFORE_FIT}. */
    public void beforeFit(Phase phase) throws CancelException {
        pass(Event.BEFORE_FIT, phase);
    }

    /** Fires {@link Event#BEFORE_EPOCH}. */
    public void beforeEpoch(Phase phase) throws CancelException {
        pass(Event.BEFORE_EPOCH, phase);
    }

    /** Fires {@link Event#BEFORE_TRAIN}. */
    public void beforeTrain(Phase phase) throws CancelException {
        pass(Event.BEFORE_TRAIN, phase);
    }

    /** Fires {@link Event#BEFORE_BATCH}. */
    public void beforeBatch(Phase phase) throws CancelException {
        pass(Event.BEFORE_BATCH, phase);
    }

    /** Fires {@link Event#AFTER_PRED}. */
    public void afterPred(Phase phase) throws CancelException {
        pass(Event.AFTER_PRED, phase);
    }

    /** Fires {@link Event#AFTER_LOSS}. */
    public void afterLoss(Phase phase) throws CancelException {
        pass(Event.AFTER_LOSS, phase);
    }

    /** Fires {@link Event#BEFORE_BACKWARD}. */
    public void beforeBackward(Phase phase) throws CancelException {
        pass(Event.BEFORE_BACKWARD, phase);
    }

    /** Fires {@link Event#AFTER_CANCEL_BACKWARD}. */
    public void afterCancelBackward(Phase phase) throws CancelException {
        pass(Event.AFTER_CANCEL_BACKWARD, phase);
    }

    /** Fires {@link Event#AFTER_BACKWARD}. */
    public void afterBackward(Phase phase) throws CancelException {
        pass(Event.AFTER_BACKWARD, phase);
    }

    /** Fires {@link Event#BEFORE_STEP}. */
    public void beforeStep(Phase phase) throws CancelException {
        pass(Event.BEFORE_STEP, phase);
    }

    /** Fires {@link Event#AFTER_CANCEL_STEP}. */
    public void afterCancelStep(Phase phase) throws CancelException {
        pass(Event.AFTER_CANCEL_STEP, phase);
    }

    /** Fires {@link Event#AFTER_STEP}. */
    public void afterStep(Phase phase) throws CancelException {
        pass(Event.AFTER_STEP, phase);
    }

    /** Fires {@link Event#AFTER_CANCEL_BATCH}. */
    public void afterCancelBatch(Phase phase) throws CancelException {
        pass(Event.AFTER_CANCEL_BATCH, phase);
    }

    /** Fires {@link Event#AFTER_BATCH}. */
    public void afterBatch(Phase phase) throws CancelException {
        pass(Event.AFTER_BATCH, phase);
    }

    /** Fires {@link Event#AFTER_CANCEL_TRAIN}. */
    public void afterCancelTrain(Phase phase) throws CancelException {
        pass(Event.AFTER_CANCEL_TRAIN, phase);
    }

    /** Fires {@link Event#AFTER_TRAIN}. */
    public void afterTrain(Phase phase) throws CancelException {
        pass(Event.AFTER_TRAIN, phase);
    }

    /** Fires {@link Event#BEFORE_VALIDATE}. */
    public void beforeValidate(Phase phase) throws CancelException {
        pass(Event.BEFORE_VALIDATE, phase);
    }

    /** Fires {@link Event#AFTER_CANCEL_VALIDATE}. */
    public void afterCancelValidate(Phase phase) throws CancelException {
        pass(Event.AFTER_CANCEL_VALIDATE, phase);
    }

    /** Fires {@link Event#AFTER_VALIDATE}. */
    public void afterValidate(Phase phase) throws CancelException {
        pass(Event.AFTER_VALIDATE, phase);
    }

    /** Fires {@link Event#AFTER_CANCEL_EPOCH}. */
    public void afterCancelEpoch(Phase phase) throws CancelException {
        pass(Event.AFTER_CANCEL_EPOCH, phase);
    }

    /** Fires {@link Event#AFTER_EPOCH}. */
    public void afterEpoch(Phase phase) throws CancelException {
        pass(Event.AFTER_EPOCH, phase);
    }

    /** Fires {@link Event#AFTER_CANCEL_FIT}. */
    public void afterCancelFit(Phase phase) throws CancelException {
        pass(Event.AFTER_CANCEL_FIT, phase);
    }

    /** Fires {@link Event#AFTER_FIT}. */
    public void afterFit(Phase phase) throws CancelException {
        pass(Event.AFTER_FIT, phase);
    }

    // ---- for the code of a plan

    /** Where the plan stands, for {@link #isReady} and {@link #end}. */
    protected final int state() {
        return state;
    }

    /** Whether the plan is to make the calls of an event: it holds, and is not in the midst of another one. */
    protected final boolean isReady(int state) {
        return state
                <= READY; // not "equal": compilers would take it for a constant below, and not see that end stores what
        // was read
    }

    /** An event that has no handlers in the plan: nothing to do, unless the plan does not hold. */
    protected final void pass(Event event, Phase phase) throws CancelException {
        if (!isReady(state)) tables.call(event, phase, NOT_BEGUN);
    }

    /** Leaves an event to tables. */
    protected final void leave(Event event, Phase phase) throws CancelException {
        tables.call(event, phase, NOT_BEGUN);
    }

    /** The handlers of an event are about to be called. */
    protected final void begin(Event event) {
        state = 1 + event.ordinal();
    }

    /** Whether a handler of the event has changed something about the learner's callbacks. */
    protected final boolean hasChanged(Event event) {
        return state != 1 + event.ordinal();
    }

    /**
     * So many handlers of the event have been called; tables call the others, if something has changed meanwhile.
     *
     * @param ready the state before the event, to which it returns: storing what was read, it undoes {@link #begin}, and compilers may
     *     drop both
     */
    protected final void end(Event event, Phase phase, int done, int ready) throws CancelException {
        if (hasChanged(event)) {
            state = OFF;
            tables.call(event, phase, done);
        } else {
            state = ready;
        }
    }

    /** A handler has thrown something. Returns what to throw in its place; {@code at} is its place in {@link CallbackPlan#calls}. */
    protected final RuntimeException fail(Event event, int at, Throwable thrown) throws CancelException {
        state = OFF;
        return tables.failure(event, at, thrown);
    }

    // ---- for the runtime

    /** The number of the event whose handlers are being called; negative if there is none. */
    public final int event() {
        return isInEvent() ? (state & ~CHANGED) - 1 : -1;
    }

    /** Whether it may make the calls of the next event. */
    public final void ready(boolean ready) {
        if (!isInEvent()) state = ready ? READY : OFF;
    }

    /** Something has changed: an event that is running is to stop behind its handler. */
    public final void change() {
        if (isInEvent()) state |= CHANGED;
    }

    private boolean isInEvent() {
        return state != READY && state != OFF;
    }
}
