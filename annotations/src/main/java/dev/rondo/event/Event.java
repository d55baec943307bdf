package dev.rondo.event;

import static dev.rondo.event.Phase.TRAIN;
import static dev.rondo.event.Phase.VALID;
import static dev.rondo.event.Scope.BACKWARD;
import static dev.rondo.event.Scope.BATCH;
import static dev.rondo.event.Scope.EPOCH;
import static dev.rondo.event.Scope.FIT;
import static dev.rondo.event.Scope.STEP;
import static dev.rondo.event.Scope.VALIDATE;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The 24 moments of a run at which callbacks are called, in the sequence in which a run passes them; their meaning is fastai's.
 *
 * <p>Each constant states its facts: the scope that it opens, closes or stands in, the phases in which it fires, and the scopes that may
 * be cancelled from its handlers. A cancel is caught by the nearest scope around the handler: handlers of {@code BEFORE_X} stand inside
 * X, those of {@code AFTER_CANCEL_X} and {@code AFTER_X} stand outside it, in the scope around X. {@code AFTER_X} fires after a cancel
 * of X too, but not when another exception passes.
 *
 * @see <a href="https://docs.fast.ai/callback.core.html">fastai, callback.core: the list of events</a>
 */
public enum Event {
    /** Fires once, when the learner has been built. Callbacks that are added later do not receive it. */
    AFTER_CREATE(null, EnumSet.of(TRAIN, VALID), none()),
    /** The first event of {@code fit}, {@code validate} and {@code getPreds}. */
    BEFORE_FIT(FIT, EnumSet.of(TRAIN, VALID), EnumSet.of(FIT)),
    /** At the start of each epoch; {@code epoch} is set. */
    BEFORE_EPOCH(EPOCH, EnumSet.of(TRAIN, VALID), EnumSet.of(EPOCH, FIT)),
    /** Before the training batches of an epoch. */
    BEFORE_TRAIN(Scope.TRAIN, EnumSet.of(TRAIN), EnumSet.of(Scope.TRAIN, EPOCH, FIT)),
    /** A batch has been drawn and is on its device: the place to change inputs, targets or hyper-parameters. */
    BEFORE_BATCH(BATCH, EnumSet.of(TRAIN, VALID), EnumSet.of(BATCH, Scope.TRAIN, VALIDATE, EPOCH, FIT)),
    /** The model has run: {@code pred} is its output. */
    AFTER_PRED(BATCH, EnumSet.of(TRAIN, VALID), EnumSet.of(BATCH, Scope.TRAIN, VALIDATE, EPOCH, FIT)),
    /** The loss has been computed, if there are targets: {@code lossGrad}, from which backward starts, and {@code loss}, which is reported. */
    AFTER_LOSS(BATCH, EnumSet.of(TRAIN, VALID), EnumSet.of(BATCH, Scope.TRAIN, VALIDATE, EPOCH, FIT)),
    /** Before the backward pass. */
    BEFORE_BACKWARD(BACKWARD, EnumSet.of(TRAIN), EnumSet.of(BACKWARD, BATCH, Scope.TRAIN, EPOCH, FIT)),
    /** The backward pass was cancelled. */
    AFTER_CANCEL_BACKWARD(BACKWARD, EnumSet.of(TRAIN), EnumSet.of(BATCH, Scope.TRAIN, EPOCH, FIT)),
    /** The gradients have been computed. {@link #BEFORE_STEP} is the better place to change them. */
    AFTER_BACKWARD(BACKWARD, EnumSet.of(TRAIN), EnumSet.of(BATCH, Scope.TRAIN, EPOCH, FIT)),
    /** Before the optimizer's step: the place to clip gradients or to skip the step. */
    BEFORE_STEP(STEP, EnumSet.of(TRAIN), EnumSet.of(STEP, BATCH, Scope.TRAIN, EPOCH, FIT)),
    /** The step was cancelled; the gradients will still be zeroed. */
    AFTER_CANCEL_STEP(STEP, EnumSet.of(TRAIN), EnumSet.of(BATCH, Scope.TRAIN, EPOCH, FIT)),
    /** After the step, before the gradients are zeroed. */
    AFTER_STEP(STEP, EnumSet.of(TRAIN), EnumSet.of(BATCH, Scope.TRAIN, EPOCH, FIT)),
    /** The batch was cancelled. */
    AFTER_CANCEL_BATCH(BATCH, EnumSet.of(TRAIN, VALID), EnumSet.of(Scope.TRAIN, VALIDATE, EPOCH, FIT)),
    /** At the end of every batch, including a cancelled one. */
    AFTER_BATCH(BATCH, EnumSet.of(TRAIN, VALID), EnumSet.of(Scope.TRAIN, VALIDATE, EPOCH, FIT)),
    /** The training part of the epoch was cancelled. */
    AFTER_CANCEL_TRAIN(Scope.TRAIN, EnumSet.of(TRAIN), EnumSet.of(EPOCH, FIT)),
    /** At the end of the training part of an epoch. */
    AFTER_TRAIN(Scope.TRAIN, EnumSet.of(TRAIN), EnumSet.of(EPOCH, FIT)),
    /** Before the validation batches. */
    BEFORE_VALIDATE(VALIDATE, EnumSet.of(VALID), EnumSet.of(VALIDATE, EPOCH, FIT)),
    /** The validation was cancelled. */
    AFTER_CANCEL_VALIDATE(VALIDATE, EnumSet.of(VALID), EnumSet.of(EPOCH, FIT)),
    /** At the end of a validation. */
    AFTER_VALIDATE(VALIDATE, EnumSet.of(VALID), EnumSet.of(EPOCH, FIT)),
    /** The epoch was cancelled. */
    AFTER_CANCEL_EPOCH(EPOCH, EnumSet.of(TRAIN, VALID), EnumSet.of(FIT)),
    /** At the end of an epoch: the place to compare metrics and to stop early. */
    AFTER_EPOCH(EPOCH, EnumSet.of(TRAIN, VALID), EnumSet.of(FIT)),
    /** The fit was cancelled. */
    AFTER_CANCEL_FIT(FIT, EnumSet.of(TRAIN, VALID), none()),
    /** The last event of {@code fit}, {@code validate} and {@code getPreds}. */
    AFTER_FIT(FIT, EnumSet.of(TRAIN, VALID), none());

    private static Set<Scope> none() {
        return EnumSet.noneOf(Scope.class);
    }

    private final @Nullable Scope scope;
    private final Set<Phase> phases;
    private final Set<Scope> cancels;
    private final String lowerCaseName;

    Event(@Nullable Scope scope, Set<Phase> phases, Set<Scope> cancels) {
        this.scope = scope;
        this.phases = Collections.unmodifiableSet(phases);
        this.cancels = Collections.unmodifiableSet(cancels);
        lowerCaseName = name().toLowerCase(Locale.ROOT);
    }

    /** The scope that this event opens, closes or stands in; empty for {@link #AFTER_CREATE}. */
    public Optional<Scope> scope() {
        return Optional.ofNullable(scope);
    }

    /** The phases in which this event fires. Events around whole epochs and fits belong to both. */
    public Set<Phase> phases() {
        return phases;
    }

    /**
     * The kinds of runs in which this event fires, in a phase. {@link #AFTER_CREATE} belongs to no run and counts for all. A validation
     * or prediction has no {@code AFTER_CANCEL_} event for the epoch and fit around it, as in fastai, and {@code lrFind} cancels its
     * validations before their first batch.
     */
    public Set<RunKind> kinds(Phase phase) {
        if (!phases.contains(phase)) return EnumSet.noneOf(RunKind.class);
        boolean training = phases.equals(EnumSet.of(TRAIN)) || this == AFTER_CANCEL_EPOCH || this == AFTER_CANCEL_FIT;
        if (training || insideBatch() && phase == TRAIN) return EnumSet.of(RunKind.FIT, RunKind.LR_FIND);
        return insideBatch() ? EnumSet.complementOf(EnumSet.of(RunKind.LR_FIND)) : EnumSet.allOf(RunKind.class);
    }

    /** The scopes that a handler of this event may cancel, in some phase: those that enclose it. */
    public Set<Scope> cancels() {
        return cancels;
    }

    /**
     * Whether this event belongs to a batch. Only such events are filtered by the phases in which a callback runs; all others reach
     * every callback.
     */
    public boolean insideBatch() {
        return scope == BATCH || scope == BACKWARD || scope == STEP;
    }

    /** The name as fastai writes it, {@code before_batch}. */
    public String lowerCaseName() {
        return lowerCaseName;
    }
}
