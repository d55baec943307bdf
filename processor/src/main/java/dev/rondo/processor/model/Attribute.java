package dev.rondo.processor.model;

import dev.rondo.event.Event;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.TypeMirror;

/**
 * An attribute of a learner.
 *
 * @param type what the accessor returns, seen from the learner type
 * @param writable whether every callback may write it
 * @param owners the only callbacks that may write it
 * @param setter the method that writes it; empty if it is read-only
 */
public record Attribute(
        String name,
        TypeMirror type,
        Event from,
        Event until,
        boolean writable,
        List<TypeMirror> owners,
        ExecutableElement accessor,
        Optional<Setter> setter) {

    /** The method that writes an attribute, and the type of its parameter, usually that of the accessor. */
    public record Setter(ExecutableElement method, TypeMirror type) {}

    /** The name of the method that writes an attribute. */
    public static String setterOf(String attribute) {
        return "set" + attribute.substring(0, 1).toUpperCase(Locale.ROOT) + attribute.substring(1);
    }

    /** Whether it has a value while handlers of an event run. */
    public boolean readyAt(Event event) {
        return from.compareTo(event) <= 0 && event.compareTo(until) <= 0;
    }
}
