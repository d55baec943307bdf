package dev.rondo.processor.read;

import dev.rondo.annotation.HostReads;
import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.Plan;
import dev.rondo.processor.model.RondoNames;
import dev.rondo.processor.model.Slot;
import dev.rondo.processor.model.TypeRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;

/** Reads a plan with the callbacks that it lists. */
public final class PlanReader {
    private final Elements elements;
    private final TypeRules rules;
    private final CallbackReader callbacks;

    public PlanReader(Elements elements, TypeRules rules, CallbackReader callbacks) {
        this.elements = elements;
        this.rules = rules;
        this.callbacks = callbacks;
    }

    public Plan read(TypeElement type) throws MissingTypeException {
        Mirror mirror = Mirror.find(type, RondoNames.TRAINING_PLAN, elements)
                .orElseThrow(() -> new MissingTypeException(RondoNames.TRAINING_PLAN));
        List<Plan.Member> members = new ArrayList<>();
        for (AnnotationValue value : mirror.values("value")) {
            TypeMirror listed = Mirror.type(value);
            Optional<CallbackClass> callback = listed instanceof DeclaredType declared
                    ? callbacks.withTable((TypeElement) declared.asElement())
                    : Optional.empty();
            members.add(new Plan.Member(members.size(), listed, value, callback));
        }
        boolean hostReads = mirror.constant(HostReads.class, "hostReads") != HostReads.NONE;
        return new Plan(type, mirror.mirror(), members, learner(members), hostReads, calls(members));
    }

    private Optional<TypeElement> learner(List<Plan.Member> members) {
        return members.stream()
                .flatMap(member -> member.callback().stream())
                .map(callback -> callback.learner().element())
                .reduce((one, other) -> rules.isA(other.asType(), one.asType()) ? other : one);
    }

    private List<Plan.Call> calls(List<Plan.Member> members) {
        List<Plan.Call> calls = new ArrayList<>();
        for (Plan.Member member : members) {
            if (member.callback().isEmpty()) continue;
            CallbackClass callback = member.callback().get();
            for (int i = 0; i < callback.slots().size(); i++) {
                Slot slot = callback.slots().get(i);
                double order = Double.isNaN(slot.order()) ? callback.order() : slot.order();
                calls.add(new Plan.Call(member, rules.element(member.type()), callback, i, slot, order));
            }
        }
        calls.sort(Comparator.comparingDouble(Plan.Call::order)); // stable
        return List.copyOf(calls);
    }
}
