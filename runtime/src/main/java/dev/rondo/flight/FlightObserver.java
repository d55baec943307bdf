package dev.rondo.flight;

import dev.rondo.dispatch.EventKey;
import dev.rondo.dispatch.Observer;
import dev.rondo.dispatch.Registration;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** Writes the events of a learner to Java Flight Recorder: {@code rondo.Step}, {@code rondo.Phase} and {@code rondo.Handler}. */
public final class FlightObserver<L> implements Observer<L> {
    private static final boolean RECORDABLE =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private final Deque<HandlerEvent> handlers = new ArrayDeque<>();
    private @Nullable StepEvent step;
    private @Nullable PhaseEvent epochPart;
    private @Nullable PhaseEvent batchPart;

    /** Whether one of these events is being recorded. Costs up to three comparisons. */
    public static boolean isWanted() {
        return RECORDABLE && Probes.areEnabled();
    }

    /** In a separate class, for run-time images without jdk.jfr. */
    private static final class Probes {
        static final StepEvent STEP = new StepEvent();
        static final PhaseEvent PHASE = new PhaseEvent();
        static final HandlerEvent HANDLER = new HandlerEvent();

        static boolean areEnabled() {
            return STEP.isEnabled() || PHASE.isEnabled() || HANDLER.isEnabled();
        }
    }

    /** A phase between two events ends when the handlers of the second begin. */
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

    /** The phase after the handlers of an event. */
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
        if (event == null) return; // the call began before the recording
        event.end();
        event.handles = Pointer.totalCount() - event.handles;
        event.commit();
    }
}
