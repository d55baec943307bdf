package dev.rondo.processor.read;

import dev.rondo.processor.model.Attribute;
import dev.rondo.processor.model.LearnerType;
import dev.rondo.processor.model.NearestName;
import dev.rondo.processor.model.OtherFrameworks;
import dev.rondo.processor.model.Parameter;
import dev.rondo.processor.model.RondoNames;
import dev.rondo.processor.model.TypeRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;

/** Decides what each parameter of a handler asks for. */
final class ParameterReader {
    private final Elements elements;
    private final TypeRules rules;
    private final Predicate<TypeElement> isCallback;

    /** @param isCallback tells the classes that can be registered with a learner */
    ParameterReader(Elements elements, TypeRules rules, Predicate<TypeElement> isCallback) {
        this.elements = elements;
        this.rules = rules;
        this.isCallback = isCallback;
    }

    List<Parameter> read(ExecutableElement method, LearnerType learner) throws MissingTypeException {
        List<Parameter> parameters = new ArrayList<>();
        for (VariableElement element : method.getParameters()) {
            parameters.add(read(element, parameters.size() + 1, learner));
        }
        return parameters;
    }

    private Parameter read(VariableElement element, int number, LearnerType learner) throws MissingTypeException {
        Optional<Parameter.ReadName> read = readName(element);
        String name = read.map(Parameter.ReadName::name)
                .orElseGet(() -> element.getSimpleName().toString());
        Attribute attribute = learner.attributes().get(name);
        boolean fits = attribute != null && rules.fits(attribute.type(), element.asType());
        if (read.isEmpty() && !fits) {
            Optional<Parameter> byType = byType(element, number, learner);
            if (byType.isPresent()) return byType.get();
        }
        if (attribute != null) return new Parameter.OfAttribute(element, attribute);
        return read.isPresent() || isMeantAsAttribute(name, element.asType(), learner)
                ? new Parameter.UnknownAttribute(element, name, read)
                : new Parameter.Unsupported(element, number);
    }

    /** What is asked for by its type alone. */
    private Optional<Parameter> byType(VariableElement element, int number, LearnerType learner) {
        TypeMirror type = element.asType();
        if (isLearner(type, learner)) return Optional.of(new Parameter.OfLearner(element));
        if (rules.isA(type, RondoNames.CALLBACK_HANDLE)) return Optional.of(new Parameter.OfHandle(element));
        if (rules.isA(type, RondoNames.RUN_KIND)) return Optional.of(new Parameter.OfRunKind(element));
        if (type.getKind() != TypeKind.DECLARED || !isCallback.test(rules.element(type))) return Optional.empty();
        return Optional.of(new Parameter.OfCallback(element, number, rules.element(type)));
    }

    private Optional<Parameter.ReadName> readName(VariableElement element) throws MissingTypeException {
        Optional<Mirror> mirror = Mirror.find(element, RondoNames.READ, elements);
        if (mirror.isEmpty()) return Optional.empty();
        AnnotationValue value = mirror.get().value("value");
        return Optional.of(new Parameter.ReadName(mirror.get().mirror(), value, Mirror.string(value)));
    }

    /** A learner of any kind, or the class of the learner or a superclass; the name does not matter then. */
    private boolean isLearner(TypeMirror type, LearnerType learner) {
        return rules.isA(type, RondoNames.LEARNER)
                || rules.supertypes(learner.element()).stream()
                        .filter(t -> t.getKind() == ElementKind.CLASS)
                        .filter(t -> !t.getQualifiedName().contentEquals("java.lang.Object"))
                        .anyMatch(t -> rules.same(rules.erasure(type), rules.erasure(t.asType())));
    }

    /** A name that resembles an attribute's, or a type that attributes have: then the name is the fault, not the type. */
    private boolean isMeantAsAttribute(String name, TypeMirror type, LearnerType learner) {
        return type.getKind().isPrimitive()
                || NearestName.of(name, learner.attributes().keySet()).isPresent()
                || OtherFrameworks.isExplained(name)
                || OtherFrameworks.isAttribute(name) && !isOfTheJdk(type)
                || learner.attributes().values().stream().anyMatch(a -> rules.same(a.type(), type));
    }

    /** {@code Path target} has a type that no framework gives a target. */
    private boolean isOfTheJdk(TypeMirror type) {
        return type.getKind() == TypeKind.DECLARED
                && rules.element(type).getQualifiedName().toString().startsWith("java.");
    }
}
