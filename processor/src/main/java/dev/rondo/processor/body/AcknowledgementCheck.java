package dev.rondo.processor.body;

import dev.rondo.processor.model.RondoNames;
import dev.rondo.processor.read.HandlerAnnotationReader;
import dev.rondo.processor.report.Diagnostic;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/** Only handlers acknowledge host reads, for all that they call. {@link HostReadCheck} looks at those. */
final class AcknowledgementCheck {
    private final HandlerAnnotationReader handlers;
    private final AnnotationPlaces places;

    AcknowledgementCheck(HandlerAnnotationReader handlers, AnnotationPlaces places) {
        this.handlers = handlers;
        this.places = places;
    }

    void check(ExecutableElement method, Findings findings) {
        for (AnnotationMirror mirror : method.getAnnotationMirrors()) {
            TypeElement annotation = (TypeElement) mirror.getAnnotationType().asElement();
            boolean hostRead = annotation.getQualifiedName().contentEquals(RondoNames.HOST_READ);
            if (!hostRead || handlers.isHandler(method)) continue;
            places.annotation(method, mirror)
                    .ifPresent(place ->
                            findings.report(place, Diagnostic.HOST_READ_OF_NO_HANDLER, method.getSimpleName()));
        }
    }
}
