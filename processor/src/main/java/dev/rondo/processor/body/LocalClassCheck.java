package dev.rondo.processor.body;

import dev.rondo.processor.model.RondoNames;
import dev.rondo.processor.model.TypeRules;
import dev.rondo.processor.read.HandlerAnnotationReader;
import dev.rondo.processor.report.Diagnostic;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/** A local class has no handlers: it has no table, so that they would never run, unless the table of a superclass calls them. */
final class LocalClassCheck {
    private final TypeRules rules;
    private final HandlerAnnotationReader handlers;
    private final AnnotationPlaces places;

    LocalClassCheck(TypeRules rules, HandlerAnnotationReader handlers, AnnotationPlaces places) {
        this.rules = rules;
        this.handlers = handlers;
        this.places = places;
    }

    /** Checks a class that is local, anonymous, or in one. */
    void check(TypeElement type, Findings findings) {
        for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
            if (handlers.isHandler(method) && !overridesHandler(type, method)) report(method, findings);
        }
    }

    private boolean overridesHandler(TypeElement type, ExecutableElement method) {
        for (Element e = Bodies.superclass(type);
                e instanceof TypeElement superclass;
                e = Bodies.superclass(superclass)) {
            boolean overrides = ElementFilter.methodsIn(superclass.getEnclosedElements()).stream()
                    .anyMatch(m -> m.getSimpleName().equals(method.getSimpleName())
                            && handlers.isHandler(m)
                            && rules.overrides(method, m, type));
            if (overrides) return true;
        }
        return false;
    }

    private void report(ExecutableElement method, Findings findings) {
        for (AnnotationMirror mirror : method.getAnnotationMirrors()) {
            TypeElement annotation = (TypeElement) mirror.getAnnotationType().asElement();
            if (!annotation.getQualifiedName().contentEquals(RondoNames.ON) && !handlers.isEvent(annotation)) continue;
            places.annotation(method, mirror)
                    .ifPresent(place -> findings.report(place, Diagnostic.LOCAL_CLASS, method.getSimpleName()));
        }
    }
}
