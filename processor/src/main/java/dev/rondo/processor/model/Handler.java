package dev.rondo.processor.model;

import dev.rondo.event.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.TypeKind;

/**
 * A method with {@code @On} or with custom events. In a table it has one number for each of its events.
 *
 * @param annotations the annotations that make it a handler, as declared
 * @param hostRead its acknowledgement that it waits for the device
 * @param cancels the scopes that its {@code throws} clause lists
 * @param cancelsAny whether its {@code throws} clause lists {@code CancelException} itself
 */
public record Handler(
        ExecutableElement method,
        List<HandlerAnnotation> annotations,
        List<Parameter> parameters,
        Optional<Writes> writes,
        Optional<HostRead> hostRead,
        List<Scope> cancels,
        boolean cancelsAny) {

    /**
     * An annotation that makes the method a handler: {@code @On}, or a custom event.
     *
     * @param order the order that it states, or NaN
     */
    public record HandlerAnnotation(AnnotationMirror mirror, double order, List<EventValue> events) {}

    /** An event, and where {@code @On} names it; empty for a custom event, which is the annotation itself. */
    public record EventValue(HandledEvent handled, Optional<AnnotationValue> value) {}

    /** The names in {@code @Writes}. */
    public record Writes(AnnotationMirror mirror, List<WrittenName> names) {}

    /** A name in {@code @Writes}, and the attribute if there is one. */
    public record WrittenName(String name, AnnotationValue value, Optional<Attribute> attribute) {}

    /** {@code @HostRead}, and the reason in it, which may be empty. */
    public record HostRead(AnnotationMirror mirror, String reason) {}

    public String name() {
        return method.getSimpleName().toString();
    }

    public boolean returnsValue() {
        return method.getReturnType().getKind() != TypeKind.VOID;
    }

    /** Whether it declares type parameters. Nothing can choose their types, so no check of types applies. */
    public boolean isGeneric() {
        return !method.getTypeParameters().isEmpty();
    }

    /** The events that it handles, as declared; a faulty declaration may list one twice. */
    public List<HandledEvent> handledEvents() {
        return annotations.stream()
                .flatMap(annotation -> annotation.events().stream())
                .map(EventValue::handled)
                .toList();
    }

    /** Whether one of its events belongs to a batch. */
    public boolean insideBatch() {
        return handledEvents().stream().anyMatch(HandledEvent::insideBatch);
    }

    /** The annotation that makes it a handler of an event. */
    public Optional<HandlerAnnotation> annotationOf(HandledEvent handled) {
        return annotations.stream()
                .filter(annotation ->
                        annotation.events().stream().anyMatch(e -> e.handled().equals(handled)))
                .findFirst();
    }

    /** The names of the attributes that it reads as parameters, in their sequence. */
    public List<String> reads() {
        List<String> names = new ArrayList<>();
        for (Parameter parameter : parameters) {
            if (parameter instanceof Parameter.OfAttribute p)
                names.add(p.attribute().name());
        }
        return names;
    }

    /** The names in its {@code @Writes}. */
    public List<String> writtenNames() {
        return writes.stream()
                .flatMap(w -> w.names().stream())
                .map(WrittenName::name)
                .toList();
    }
}
