package dev.rondo.processor.report;

import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.TypeMirror;

/**
 * Where a diagnostic stands: an element, an annotation on it, or a value in that annotation, either of which may be null; or a type in
 * the {@code throws} clause of a method, counted from 0, where {@code thrown} is not negative.
 */
public record Place(Element element, AnnotationMirror annotation, AnnotationValue value, int thrown) {
    public static Place of(Element element) {
        return of(element, null);
    }

    public static Place of(Element element, AnnotationMirror annotation) {
        return of(element, annotation, null);
    }

    public static Place of(Element element, AnnotationMirror annotation, AnnotationValue value) {
        return new Place(element, annotation, value, -1);
    }

    /** A type in the {@code throws} clause of a method, one of {@link ExecutableElement#getThrownTypes}. */
    public static Place thrown(ExecutableElement method, TypeMirror type) {
        return new Place(method, null, null, method.getThrownTypes().indexOf(type));
    }

    /** This place if it lies in a class, else the class: nobody can change a superclass of another artifact. */
    Place within(Element type) {
        for (Element e = element; e != null; e = e.getEnclosingElement()) {
            if (e.equals(type)) return this;
        }
        return of(type);
    }
}
