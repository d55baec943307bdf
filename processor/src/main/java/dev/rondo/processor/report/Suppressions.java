package dev.rondo.processor.report;

import java.util.List;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.SimpleAnnotationValueVisitor14;

/** Reads {@code @SuppressWarnings("rondo:key")}. */
final class Suppressions {
    private Suppressions() {}

    /** Whether a check is silenced on an element or on one around it. */
    static boolean silence(String key, Element element) {
        for (Element e = element; e != null; e = e.getEnclosingElement()) {
            for (AnnotationMirror mirror : e.getAnnotationMirrors()) {
                TypeElement type = (TypeElement) mirror.getAnnotationType().asElement();
                if (type.getQualifiedName().contentEquals(SuppressWarnings.class.getName())
                        && mirror.getElementValues().values().stream()
                                .anyMatch(value -> names("rondo:" + key, value))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean names(String token, AnnotationValue value) {
        return value.accept(
                new SimpleAnnotationValueVisitor14<Boolean, Void>(false) {
                    @Override
                    public Boolean visitString(String string, Void none) {
                        return string.equals(token);
                    }

                    @Override
                    public Boolean visitArray(List<? extends AnnotationValue> values, Void none) {
                        return values.stream().anyMatch(v -> names(token, v));
                    }
                },
                null);
    }
}
