package dev.rondo.processor.model;

import com.squareup.javapoet.ClassName;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import java.util.ArrayList;
import java.util.Collections;
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
 */
public record Plan(TypeElement element, AnnotationMirror mirror, List<Member> members) {
    /**
     * A listed class.
     *
     * @param type what is listed, perhaps no class
     * @param callback the class whose table serves it: itself, or a superclass; empty if it is no callback
     */
    public record Member(int number, TypeMirror type, AnnotationValue value, Optional<CallbackClass> callback) {}

    /**
     * A handler in its place in a run.
     *
     * @param number its number in the table
     * @param order the order that holds
     */
    public record Call(Member member, TypeElement type, CallbackClass callback, int number, Slot slot, double order) {
        /** Whether somebody chose its order. */
        public boolean statesOrder() {
            return !Double.isNaN(slot.order()) || callback.statesOrder();
        }

        /** The phases in which it runs. */
        public Set<Phase> phases() {
            Set<Phase> phases = new LinkedHashSet<>(slot.occasion().phases());
            if (slot.occasion().insideBatch()) phases.retainAll(callback.runs());
            return phases;
        }

        /** Whether there is a moment at which both are called. */
        public boolean meets(Call other) {
            return !slot.occasion().insideBatch() || !Collections.disjoint(phases(), other.phases());
        }

        /** As messages and timetables have it. */
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

    /** The learner that serves all callbacks: the most special that one of them names; empty if there are none. */
    public Optional<TypeElement> learner(TypeRules rules) {
        return members.stream()
                .flatMap(member -> member.callback().stream())
                .map(callback -> callback.learner().element())
                .reduce((one, other) -> rules.isA(other.asType(), one.asType()) ? other : one);
    }

    /** All handlers, in the order in which they are called at each event: (order, registration, declaration). */
    public List<Call> calls(TypeRules rules) {
        List<Call> calls = new ArrayList<>();
        for (Member member : members) {
            if (member.callback().isEmpty()) continue;
            CallbackClass callback = member.callback().get();
            for (int i = 0; i < callback.slots().size(); i++) {
                Slot slot = callback.slots().get(i);
                double order = Double.isNaN(slot.order()) ? callback.order() : slot.order();
                calls.add(new Call(member, rules.element(member.type()), callback, i, slot, order));
            }
        }
        calls.sort(Comparator.comparingDouble(Call::order)); // stable
        return calls;
    }

    /** Those of them that handle an event. */
    public static List<Call> at(Event event, List<Call> calls) {
        return calls.stream()
                .filter(call -> call.slot().occasion().equals(new Occasion.BuiltIn(event)))
                .toList();
    }

    /** What is handled: the 24 events in their sequence, then events of users' own. */
    public static List<Occasion> occasions(List<Call> calls) {
        return calls.stream()
                .map(call -> call.slot().occasion())
                .distinct()
                .sorted(Comparator.comparing((Occasion o) -> o instanceof Occasion.Own)
                        .thenComparing(Occasion::place)
                        .thenComparing(Occasion::name))
                .toList();
    }
}
