package dev.rondo.processor.write;

import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.HandledEvent;
import dev.rondo.processor.model.Handler;
import dev.rondo.processor.model.Parameter;
import dev.rondo.processor.model.Plan;
import dev.rondo.processor.model.SavedField;
import dev.rondo.processor.model.SavedState;
import dev.rondo.processor.model.Slot;
import dev.rondo.processor.model.StateForm;
import dev.rondo.processor.model.TypeRules;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.util.ElementFilter;

/** The warnings that a table cannot avoid, because of what it names; it must not fail a build that takes warnings for errors. */
final class Warnings {
    private static final String AUXILIARY = "auxiliaryclass";

    private Warnings() {}

    /** @param inModule whether the table stands in a named module: its public methods then name classes that its users may not read */
    static List<String> of(CallbackClass callback, boolean inModule, Declared declared) {
        List<String> warnings = of(named(callback), inModule, callback.learner().element(), declared);
        boolean rawLearner = !callback.learner().element().getTypeParameters().isEmpty();
        boolean rawCallback = callback.requires().stream()
                .flatMap(Warnings::withEnclosing)
                .anyMatch(e ->
                        e instanceof TypeElement t && !t.getTypeParameters().isEmpty());
        if (rawLearner || rawCallback || warnings.contains(AUXILIARY)) warnings.add("unchecked");
        return warnings;
    }

    /** The same for the class of a plan. */
    static List<String> of(Plan plan, TypeRules rules, boolean inModule, Declared declared) {
        List<Element> named = plan.members().stream()
                .flatMap(member -> withEnclosing(rules.element(member.type())))
                .toList();
        TypeElement learner = plan.learner().orElseThrow();
        List<String> warnings =
                of(Stream.concat(named.stream(), withEnclosing(learner)).toList(), inModule, learner, declared);
        if (declared.isAuxiliary(learner)) warnings.add("unchecked");
        return warnings;
    }

    private static List<String> of(List<Element> named, boolean inModule, TypeElement learner, Declared declared) {
        List<String> warnings = new ArrayList<>();
        if (named.stream().anyMatch(e -> isDeprecated(e, false))) warnings.add("deprecation");
        if (named.stream().anyMatch(e -> isDeprecated(e, true))) warnings.add("removal");
        if (named.stream().anyMatch(e -> e instanceof TypeElement t && declared.isAuxiliary(t)))
            warnings.add(AUXILIARY);
        if (inModule) warnings.add("exports");
        if (!learner.getTypeParameters().isEmpty()) warnings.add("rawtypes");
        return warnings;
    }

    /** Everything that the table's source names, with the classes around it. */
    private static List<Element> named(CallbackClass callback) {
        Stream.Builder<Element> named = Stream.builder();
        named.add(callback.element()).add(callback.learner().element());
        for (Slot slot : callback.slots()) {
            if (slot.handled() instanceof HandledEvent.Custom custom) named.add(custom.annotation());
            if (slot.delegated()) continue;
            Handler handler = slot.handler();
            named.add(handler.method());
            for (Parameter parameter : handler.parameters()) {
                if (parameter instanceof Parameter.OfAttribute p)
                    named.add(p.attribute().accessor());
                else if (parameter instanceof Parameter.OfCallback p) named.add(p.type());
            }
            handler.writes().stream()
                    .flatMap(writes -> writes.names().stream())
                    .flatMap(name -> name.attribute().stream())
                    .flatMap(attribute -> attribute.setter().stream())
                    .forEach(setter -> named.add(setter.method()));
        }
        for (SavedField field : callback.saved()) {
            named.add(field.element());
            for (StateForm form : callback.state().within(field.form())) {
                if (form.type() instanceof DeclaredType type) named.add(type.asElement());
            }
        }
        for (SavedState.SavedRecord saved : callback.state().records()) {
            saved.components().forEach(component -> named.add(component.accessor()));
            ElementFilter.constructorsIn(saved.type().asElement().getEnclosedElements())
                    .forEach(named::add);
        }
        return named.build().flatMap(Warnings::withEnclosing).toList();
    }

    private static Stream<Element> withEnclosing(Element element) {
        return Stream.iterate(
                element, e -> e != null && e.getKind() != ElementKind.PACKAGE, Element::getEnclosingElement);
    }

    private static boolean isDeprecated(Element element, boolean forRemoval) {
        for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
            TypeElement type = (TypeElement) mirror.getAnnotationType().asElement();
            if (type.getQualifiedName().contentEquals("java.lang.Deprecated")) {
                return forRemoval
                        == mirror.getElementValues().values().stream()
                                .map(AnnotationValue::getValue)
                                .anyMatch(Boolean.TRUE::equals);
            }
        }
        return false;
    }
}
