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
 * A method with {@code @On} or with events of a user's own. In a table it has one number for each of its events.
 *
 * @param marks the annotations that make it a handler, as declared
 * @param cancels the scopes that its {@code throws} clause lists
 * @param cancelsAny whether its {@code throws} clause lists {@code CancelException} itself
 */
public record Handler(
        ExecutableElement method,
        List<Mark> marks,
        List<Parameter> parameters,
        Optional<Writes> writes,
        List<Scope> cancels,
        boolean cancelsAny) {

    /**
     * An annotation that makes the method a handler: {@code @On}, or an event of a user's own.
     *
     * @param order the order that it states, or NaN
     */
    public record Mark(AnnotationMirror mirror, double order, List<EventValue> events) {}

    /** An event, and where {@code @On} names it; null for a user's own, which is the annotation itself. */
    public record EventValue(Occasion occasion, AnnotationValue value) {}

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

    /** Whether it declares type parameters, which nothing can choose; its types are not worth a word then. */
    public boolean isGeneric() {
        return !method.getTypeParameters().isEmpty();
    }

    /** All that it handles, as declared; a faulty declaration may list an event twice. */
    public List<Occasion> occasions() {
        return marks.stream()
                .flatMap(mark -> mark.events().stream())
                .map(EventValue::occasion)
                .toList();
    }

    /** The annotation that makes it a handler of an event. */
    public Optional<Mark> mark(Occasion occasion) {
        return marks.stream()
                .filter(mark ->
                        mark.events().stream().anyMatch(e -> e.occasion().equals(occasion)))
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

    /** The names of the attributes that it says it writes. */
    public List<String> writtenNames() {
        return writes.stream()
                .flatMap(w -> w.names().stream())
                .map(WrittenName::name)
                .toList();
    }
}
