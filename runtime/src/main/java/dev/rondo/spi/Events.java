package dev.rondo.spi;

import dev.rondo.event.CancelException;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;

/**
 * The events of a training loop for one learner: a method for each event, and one that runs the loop. This class calls all handlers through
 * tables; the code that is generated for a plan overrides the methods of the events that it handles.
 *
 * <p>Each event has its own method, so each call site in the loop has one target and the JIT compiler can inline the handlers there. The
 * state of a plan is one number in a plain field. An event costs a comparison and two stores; the JIT compiler drops the stores if all
 * handlers are inlined and nothing between them can fail.
 *
 * <p>The phase argument is that of the running batch; events outside a batch accept either. If a handler cancels, the method throws its
 * {@link CancelException}; if it fails otherwise, the method throws the exception of {@link EventTables#failure}. The handlers after it are
 * not called. Only the thread that uses the learner may call these methods.
 */
public class Events {
    /** An argument of {@link EventTables#call}: the plan has not begun the event. */
    public static final int NOT_BEGUN = -1;

    private static final int READY = 0;
    private static final int OFF = 64;
    private static final int CHANGED = 32; // added to the state of a running event, which is 1 + its ordinal

    private final EventTables tables;
    private int state = OFF;

    /** Creates events that are off until the runtime lets them make calls. */
    public Events(EventTables tables) {
        this.tables = tables;
    }

    /**
     * Runs a loop to its end, or until it throws. The code of a plan overrides this method with the same lines. The JIT compiler can then
     * inline a body that is called from the plan's own method together with the handlers of the plan, whatever else ran the body before.
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

    /** The state of the plan, for {@link #isReady} and {@link #end}. */
    protected final int state() {
        return state;
    }

    /** Whether the plan makes the calls of an event: it is valid, and no other event is running. */
    protected final boolean isReady(int state) {
        // not ==: the JIT compiler would treat state as a constant then, and not see that end() stores the value that
        // was read
        return state <= READY;
    }

    /** Fires an event that has no handlers in the plan: does nothing, unless the plan is off. */
    protected final void pass(Event event, Phase phase) throws CancelException {
        if (!isReady(state)) tables.call(event, phase, NOT_BEGUN);
    }

    /** Calls the handlers of an event through tables. */
    protected final void leave(Event event, Phase phase) throws CancelException {
        tables.call(event, phase, NOT_BEGUN);
    }

    /** Called before the handlers of an event. */
    protected final void begin(Event event) {
        state = 1 + event.ordinal();
    }

    /** Whether a handler of the event has changed the registrations of the learner's callbacks. */
    protected final boolean hasChanged(Event event) {
        return state != 1 + event.ordinal();
    }

    /**
     * Called after {@code done} handlers of the event. If a registration has changed meanwhile, tables call the others.
     *
     * @param ready the state before the event, which is stored again: the JIT compiler can then drop this store and that of {@link #begin}
     */
    protected final void end(Event event, Phase phase, int done, int ready) throws CancelException {
        if (hasChanged(event)) {
            state = OFF;
            tables.call(event, phase, done);
        } else {
            state = ready;
        }
    }

    /**
     * Called when a handler throws. Returns the exception to throw in its place; {@code at} is the index of the handler in {@link
     * CallbackPlan#calls}.
     */
    protected final RuntimeException fail(Event event, int at, Throwable thrown) throws CancelException {
        state = OFF;
        return tables.failure(event, at, thrown);
    }

    // ---- for the runtime

    /** The ordinal of the event whose handlers are being called; negative if there is none. */
    public final int event() {
        return isInEvent() ? (state & ~CHANGED) - 1 : -1;
    }

    /** Sets whether the plan makes the calls of the next event. */
    public final void ready(boolean ready) {
        if (!isInEvent()) state = ready ? READY : OFF;
    }

    /** Called when a registration has changed: a running event stops after its current handler. */
    public final void change() {
        if (isInEvent()) state |= CHANGED;
    }

    private boolean isInEvent() {
        return state != READY && state != OFF;
    }
}
