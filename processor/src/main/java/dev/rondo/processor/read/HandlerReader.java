package dev.rondo.processor.read;

import dev.rondo.event.CancelException;
import dev.rondo.event.Scope;
import dev.rondo.processor.model.Attribute;
import dev.rondo.processor.model.Handler;
import dev.rondo.processor.model.LearnerType;
import dev.rondo.processor.model.RondoNames;
import dev.rondo.processor.model.TypeRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** Reads the methods of a class that are handlers. */
final class HandlerReader {
    private final Elements elements;
    private final TypeRules rules;
    private final HandlerAnnotationReader handlerAnnotations;
    private final ParameterReader parameters;

    HandlerReader(Elements elements, TypeRules rules, HandlerAnnotationReader handlerAnnotations) {
        this.elements = elements;
        this.rules = rules;
        this.handlerAnnotations = handlerAnnotations;
        parameters = new ParameterReader(elements, rules, this::isCallback);
    }

    /** Whether a class declares a handler, faulty or not. */
    boolean declaresHandler(TypeElement type) {
        return ElementFilter.methodsIn(type.getEnclosedElements()).stream().anyMatch(handlerAnnotations::isHandler);
    }

    List<Handler> read(TypeElement type, LearnerType learner) throws MissingTypeException {
        List<Handler> handlers = new ArrayList<>();
        for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
            List<Handler.HandlerAnnotation> own = handlerAnnotations.read(method);
            if (!own.isEmpty()) handlers.add(handler(method, own, learner));
        }
        return handlers;
    }

    /** Whether the objects of a class are callbacks: it declares or inherits handlers, or says so. */
    private boolean isCallback(TypeElement type) {
        for (Optional<TypeElement> t = Optional.of(type); t.isPresent(); t = rules.superclass(t.get())) {
            if (declaresHandler(t.get())
                    || Mirror.find(t.get(), RondoNames.CALLBACK, elements).isPresent()) return true;
        }
        return false;
    }

    private Handler handler(ExecutableElement method, List<Handler.HandlerAnnotation> own, LearnerType learner)
            throws MissingTypeException {
        MissingTypes.require(method.getReturnType());
        MissingTypes.require(method.getThrownTypes());
        for (VariableElement parameter : method.getParameters()) MissingTypes.require(parameter.asType());

        return new Handler(
                method,
                own,
                parameters.read(method, learner),
                writes(method, learner),
                hostRead(method),
                cancels(method),
                rules.thrown(method, CancelException.class).isPresent());
    }

    private Optional<Handler.Writes> writes(ExecutableElement method, LearnerType learner) throws MissingTypeException {
        Optional<Mirror> mirror = Mirror.find(method, RondoNames.WRITES, elements);
        if (mirror.isEmpty()) return Optional.empty();
        List<Handler.WrittenName> names = new ArrayList<>();
        for (AnnotationValue value : mirror.get().values("value")) {
            String name = Mirror.string(value);
            Attribute attribute = learner.attributes().get(name);
            names.add(new Handler.WrittenName(name, value, Optional.ofNullable(attribute)));
        }
        return Optional.of(new Handler.Writes(mirror.get().mirror(), names));
    }

    private Optional<Handler.HostRead> hostRead(ExecutableElement method) throws MissingTypeException {
        Optional<Mirror> mirror = Mirror.find(method, RondoNames.HOST_READ, elements);
        if (mirror.isEmpty()) return Optional.empty();
        String reason = Mirror.string(mirror.get().value("value"));
        return Optional.of(new Handler.HostRead(mirror.get().mirror(), reason));
    }

    private List<Scope> cancels(ExecutableElement method) {
        return Arrays.stream(Scope.values())
                .filter(scope -> rules.thrown(method, scope.cancel()).isPresent())
                .toList();
    }
}
