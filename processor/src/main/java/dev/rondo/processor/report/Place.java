package dev.rondo.processor.report;

import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;

/** Where a diagnostic stands: an element, an annotation on it, or a value in that annotation. The latter two may be null. */
public record Place(Element element, AnnotationMirror annotation, AnnotationValue value) {
    public static Place of(Element element) {
        return new Place(element, null, null);
    }

    public static Place of(Element element, AnnotationMirror annotation) {
        return new Place(element, annotation, null);
    }

    public static Place of(Element element, AnnotationMirror annotation, AnnotationValue value) {
        return new Place(element, annotation, value);
    }

    /** This place if it lies in a class, else the class: nobody can change a superclass of another artifact. */
    Place within(Element type) {
        for (Element e = element; e != null; e = e.getEnclosingElement()) {
            if (e.equals(type)) return this;
        }
        return of(type);
    }
}
