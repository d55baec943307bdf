package dev.rondo.processor.model;

import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;

/** A parameter of a handler, by the kind of value that it asks for. */
public sealed interface Parameter {
    VariableElement element();

    /** The learner itself. */
    record OfLearner(VariableElement element) implements Parameter {}

    /** The value of an attribute. */
    record OfAttribute(VariableElement element, Attribute attribute) implements Parameter {}

    /** The callback's own registration. */
    record OfHandle(VariableElement element) implements Parameter {}

    /** The kind of the running call. */
    record OfRunKind(VariableElement element) implements Parameter {}

    /** Another callback of the learner, by its class. */
    record OfCallback(VariableElement element, int number, TypeElement type) implements Parameter {}

    /** An attribute by its form, but the learner has none of that name. */
    record UnknownAttribute(VariableElement element, String name, Optional<ReadName> read) implements Parameter {}

    /** A type that no handler can ask for. */
    record Unsupported(VariableElement element, int number) implements Parameter {}

    /** Where {@code @Read} stands, and the name in it. */
    record ReadName(AnnotationMirror mirror, AnnotationValue value, String name) {}
}
