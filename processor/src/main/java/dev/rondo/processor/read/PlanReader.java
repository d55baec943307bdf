package dev.rondo.processor.read;

import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.Plan;
import dev.rondo.processor.model.RondoNames;
import java.util.ArrayList;
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
    private final CallbackReader callbacks;

    public PlanReader(Elements elements, CallbackReader callbacks) {
        this.elements = elements;
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
        return new Plan(type, mirror.mirror(), members);
    }
}
