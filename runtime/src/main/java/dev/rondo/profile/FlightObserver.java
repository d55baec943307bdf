package dev.rondo.profile;

import dev.rondo.dispatch.EventKey;
import dev.rondo.dispatch.Observer;
import dev.rondo.dispatch.Registration;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** Tells Java Flight Recorder what a learner does: {@code rondo.Step}, {@code rondo.Phase}, {@code rondo.Handler}. */
public final class FlightObserver<L> implements Observer<L> {
    private static final boolean RECORDABLE =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private final Deque<HandlerEvent> handlers = new ArrayDeque<>();
    private @Nullable StepEvent step;
    private @Nullable PhaseEvent epochPart;
    private @Nullable PhaseEvent batchPart;

    /** Whether somebody records events of ours. Costs a comparison or two. */
    public static boolean isWanted() {
        return RECORDABLE && Probes.areEnabled();
    }

    /** Classes of their own, for run-time images without jdk.jfr. */
    private static final class Probes {
        static final StepEvent STEP = new StepEvent();
        static final PhaseEvent PHASE = new PhaseEvent();
        static final HandlerEvent HANDLER = new HandlerEvent();

        static boolean areEnabled() {
            return STEP.isEnabled() || PHASE.isEnabled() || HANDLER.isEnabled();
        }
    }

    /** What runs between two events ends where the handlers of the second begin. */
    @Override
    public void begins(Event event, Phase phase) {
        if (batchPart != null) batchPart.commit();
        batchPart = null;
        switch (event) {
            case BEFORE_TRAIN, BEFORE_VALIDATE ->
                epochPart = phase(event == Event.BEFORE_TRAIN ? "train" : "validate", event == Event.BEFORE_TRAIN);
            case AFTER_TRAIN, AFTER_VALIDATE -> {
                if (epochPart != null) epochPart.commit();
                epochPart = null;
            }
            case BEFORE_BATCH -> {
                step = new StepEvent();
                step.training = phase == Phase.TRAIN;
                step.begin();
            }
            default -> {}
        }
    }

    @Override
    public void ends(Event event, Phase phase) {
        String next = after(event);
        if (next != null) batchPart = phase(next, phase == Phase.TRAIN);
        if (event == Event.AFTER_BATCH && step != null) {
            step.commit();
            step = null;
        }
    }

    /** What the loop does behind the handlers of an event. */
    private static @Nullable String after(Event event) {
        return switch (event) {
            case BEFORE_TRAIN, BEFORE_VALIDATE, AFTER_BATCH -> "data";
            case BEFORE_BATCH -> "forward";
            case AFTER_PRED -> "loss";
            case BEFORE_BACKWARD -> "backward";
            case BEFORE_STEP -> "step";
            default -> null;
        };
    }

    private static PhaseEvent phase(String name, boolean training) {
        PhaseEvent event = new PhaseEvent();
        event.phase = name;
        event.training = training;
        event.begin();
        return event;
    }

    @Override
    public void calls(Registration<L> registration, EventKey at) {
        HandlerEvent event = new HandlerEvent();
        event.callback = registration.name();
        event.at = at.name();
        event.handles = Pointer.totalCount();
        event.begin();
        handlers.push(event);
    }

    @Override
    public void called(Registration<L> registration, EventKey at) {
        HandlerEvent event = handlers.poll();
        if (event == null) return; // it was called before somebody looked
        event.end();
        event.handles = Pointer.totalCount() - event.handles;
        event.commit();
    }
}
