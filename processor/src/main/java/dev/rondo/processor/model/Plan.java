package dev.rondo.processor.model;

import com.squareup.javapoet.ClassName;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;

/**
 * A set of callbacks, {@code @TrainingPlan}.
 *
 * @param element the type that carries the annotation
 * @param members as listed
 * @param learner the learner that serves all callbacks: the most special one that they name; empty without callbacks
 * @param hostReads whether handlers of events inside a batch may wait for the device
 * @param calls all handlers, in the order in which they are called at each event: (order, registration, declaration)
 */
public record Plan(
        TypeElement element,
        AnnotationMirror mirror,
        List<Member> members,
        Optional<TypeElement> learner,
        boolean hostReads,
        List<Call> calls) {
    /**
     * A listed class.
     *
     * @param type the listed type, which may not be a class
     * @param callback the class whose table serves it: itself, or a superclass; empty if it is not a callback
     */
    public record Member(int number, TypeMirror type, AnnotationValue value, Optional<CallbackClass> callback) {}

    /**
     * A call of a handler.
     *
     * @param number its number in the table
     * @param order the effective order
     */
    public record Call(Member member, TypeElement type, CallbackClass callback, int number, Slot slot, double order) {
        /** Whether an annotation states the order. */
        public boolean statesOrder() {
            return !Double.isNaN(slot.order()) || callback.statesOrder();
        }

        /** The order as in source code: {@code 10}, {@code 10.5}. */
        public String orderText() {
            boolean whole = order == Math.rint(order) && !Double.isInfinite(order);
            return whole ? String.valueOf((long) order) : String.valueOf(order);
        }

        /** The phases in which it runs. */
        public Set<Phase> phases() {
            Set<Phase> phases = new LinkedHashSet<>(slot.handled().phases());
            if (slot.handled().insideBatch()) phases.retainAll(callback.runs());
            return phases;
        }

        /** Whether both can be called at the same event of a run. */
        public boolean meets(Call other) {
            if (!slot.handled().insideRun()) return true;
            return phases().stream()
                    .filter(other.phases()::contains)
                    .anyMatch(phase -> slot.handled().kinds(phase).stream()
                            .filter(callback.kinds()::contains)
                            .anyMatch(other.callback.kinds()::contains));
        }

        /** The name in messages and timetables. */
        public String callbackName() {
            return type.getSimpleName().toString();
        }

        public boolean writes(String attribute) {
            return slot.handler().writtenNames().contains(attribute);
        }
    }

    public ClassName generated() {
        return RondoNames.planOf(element);
    }

    /** The calls of an event. */
    public List<Call> at(Event event) {
        return calls.stream()
                .filter(call -> call.slot().handled().equals(new HandledEvent.BuiltIn(event)))
                .toList();
    }

    /** The handled events: those of the 24 in their sequence, then custom events. */
    public List<HandledEvent> handledEvents() {
        return calls.stream()
                .map(call -> call.slot().handled())
                .distinct()
                .sorted(Comparator.comparing((HandledEvent o) -> o instanceof HandledEvent.Custom)
                        .thenComparing(HandledEvent::place)
                        .thenComparing(HandledEvent::name))
                .toList();
    }
}
