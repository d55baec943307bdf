package dev.rondo.processor.report;

import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.SimpleAnnotationValueVisitor14;

/** Reads {@code @SuppressWarnings("rondo:key")}. */
public final class Suppressions {
    private static final String PREFIX = "rondo:";

    private Suppressions() {}

    /** A key and its place. */
    public record Token(String key, AnnotationMirror mirror, AnnotationValue value) {}

    /** The keys on an element. */
    public static List<Token> on(Element element) {
        List<Token> tokens = new ArrayList<>();
        for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
            TypeElement type = (TypeElement) mirror.getAnnotationType().asElement();
            if (type.getQualifiedName().contentEquals(SuppressWarnings.class.getName())) {
                mirror.getElementValues().values().forEach(value -> collect(value, mirror, tokens));
            }
        }
        return tokens;
    }

    /** Whether a check is silenced on an element or on one around it. */
    static boolean silence(String key, Element element) {
        for (Element e = element; e != null; e = e.getEnclosingElement()) {
            if (on(e).stream().anyMatch(token -> token.key().equals(key))) return true;
        }
        return false;
    }

    private static void collect(AnnotationValue value, AnnotationMirror mirror, List<Token> tokens) {
        value.accept(
                new SimpleAnnotationValueVisitor14<Void, Void>() {
                    @Override
                    public Void visitString(String string, Void none) {
                        if (string.startsWith(PREFIX)) {
                            tokens.add(new Token(string.substring(PREFIX.length()), mirror, value));
                        }
                        return null;
                    }

                    @Override
                    public Void visitArray(List<? extends AnnotationValue> values, Void none) {
                        values.forEach(v -> collect(v, mirror, tokens));
                        return null;
                    }
                },
                null);
    }
}
