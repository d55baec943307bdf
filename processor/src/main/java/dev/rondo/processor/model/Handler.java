package dev.rondo.processor.model;

import dev.rondo.event.Event;
import dev.rondo.event.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.TypeKind;

/**
 * A method with {@code @On}. In a table it has one number for each of its events.
 *
 * @param order the order that it states, or NaN
 * @param cancels the scopes that its {@code throws} clause lists
 * @param cancelsAny whether its {@code throws} clause lists {@code CancelException} itself
 */
public record Handler(
        ExecutableElement method,
        AnnotationMirror on,
        List<EventValue> events,
        double order,
        List<Parameter> parameters,
        Optional<Writes> writes,
        List<Scope> cancels,
        boolean cancelsAny) {

    /** An event, and where {@code @On} names it. */
    public record EventValue(Event event, AnnotationValue value) {}

    /** What {@code @Writes} names. */
    public record Writes(AnnotationMirror mirror, List<WrittenName> names) {}

    /** A name in {@code @Writes}, and the attribute if there is one. */
    public record WrittenName(String name, AnnotationValue value, Optional<Attribute> attribute) {}

    public String name() {
        return method.getSimpleName().toString();
    }

    public boolean returnsValue() {
        return method.getReturnType().getKind() != TypeKind.VOID;
    }

    public boolean handles(Event event) {
        return events.stream().anyMatch(e -> e.event() == event);
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

    /** The names of the attributes that it says it writes. */
    public List<String> writtenNames() {
        return writes.stream()
                .flatMap(w -> w.names().stream())
                .map(WrittenName::name)
                .toList();
    }
}
