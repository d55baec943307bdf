package dev.rondo.processor.report;

import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.TypeMirror;
import javax.tools.Diagnostic.Kind;

/** Where a diagnostic is reported. */
public sealed interface Place {
    /** The element that is at fault, or that declares what is. */
    Element element();

    /** The name of an element. */
    record OfElement(Element element) implements Place {}

    /** An annotation on an element. */
    record OfAnnotation(Element element, AnnotationMirror annotation) implements Place {}

    /** A value in an annotation on an element. */
    record OfValue(Element element, AnnotationMirror annotation, AnnotationValue value) implements Place {}

    /** A type in the {@code throws} clause of a method, by its index. */
    record OfThrown(ExecutableElement element, int index) implements Place {}

    /** A place inside of a body, which only the compiler's trees know. Suppressions on the element apply. */
    record OfSpot(Element element, Spot spot) implements Place {
        @Override
        public Object key() {
            return spot;
        }

        @Override
        public Place within(Element type) {
            return this;
        }
    }

    /** Prints at a place inside of a body; equal to another one for the same place. */
    interface Spot {
        void print(Kind kind, String text);
    }

    /** What tells two places apart. */
    default Object key() {
        return element();
    }

    static Place of(Element element) {
        return new OfElement(element);
    }

    static Place of(Element element, AnnotationMirror annotation) {
        return new OfAnnotation(element, annotation);
    }

    static Place of(Element element, AnnotationMirror annotation, AnnotationValue value) {
        return new OfValue(element, annotation, value);
    }

    /** A value in an annotation, or, without one, the annotation. */
    static Place of(Element element, AnnotationMirror annotation, Optional<AnnotationValue> value) {
        return value.map(v -> of(element, annotation, v)).orElseGet(() -> of(element, annotation));
    }

    /** A member of an annotation, if it states one, or else the annotation. */
    static Place member(Element element, AnnotationMirror annotation, String member) {
        return of(element, annotation, stated(annotation, member));
    }

    /** Whether an annotation states a member where it is used. */
    static boolean states(AnnotationMirror annotation, String member) {
        return stated(annotation, member).isPresent();
    }

    private static Optional<AnnotationValue> stated(AnnotationMirror annotation, String member) {
        return annotation.getElementValues().entrySet().stream()
                .filter(entry -> entry.getKey().getSimpleName().contentEquals(member))
                .map(entry -> (AnnotationValue) entry.getValue())
                .findFirst();
    }

    /** A type in the {@code throws} clause of a method, one of {@link ExecutableElement#getThrownTypes}. */
    static Place thrown(ExecutableElement method, TypeMirror type) {
        return new OfThrown(method, method.getThrownTypes().indexOf(type));
    }

    /** This place if it lies in a class, else the class: a superclass of another artifact cannot be changed here. */
    default Place within(Element type) {
        for (Element e = element(); e != null; e = e.getEnclosingElement()) {
            if (e.equals(type)) return this;
        }
        return of(type);
    }
}
