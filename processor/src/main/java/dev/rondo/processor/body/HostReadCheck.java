package dev.rondo.processor.body;

import dev.rondo.processor.model.Handler;
import dev.rondo.processor.model.Parameter;
import dev.rondo.processor.model.RondoNames;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Place;

/** A handler of an event inside a batch does not wait for the device, or acknowledges it; and acknowledges nothing else. */
final class HostReadCheck implements BodyCheck {
    private final Marks marks;
    private final AnnotationPlaces places;

    HostReadCheck(Marks marks, AnnotationPlaces places) {
        this.marks = marks;
        this.places = places;
    }

    @Override
    public void check(Handled handled, Findings findings) {
        Handler handler = handled.handler();
        if (handler.hostRead().isPresent()) {
            if (!isUsed(handled)) reportUnused(handler, findings);
        } else if (handler.insideBatch()) {
            String event = handled.eventInBatch();
            for (Use.Wait wait : handled.usesNow(Use.Wait.class)) {
                findings.report(wait.place(), Diagnostic.HOST_READ, wait.method(), event, handler.name());
            }
            for (Parameter.OfAttribute read : waitingParameters(handler)) {
                places.parameter(read.element())
                        .ifPresent(place -> findings.report(
                                place,
                                Diagnostic.HOST_READ_PARAMETER,
                                read.attribute().name(),
                                event,
                                handler.name()));
            }
        }
    }

    private java.util.List<Parameter.OfAttribute> waitingParameters(Handler handler) {
        return handler.parameters().stream()
                .flatMap(p -> p instanceof Parameter.OfAttribute a ? java.util.stream.Stream.of(a) : null)
                .filter(p ->
                        marks.has(RondoNames.WAITS_FOR_DEVICE, p.attribute().accessor()))
                .toList();
    }

    /** Whether a handler waits inside a batch. */
    boolean waits(Handled handled) {
        return handled.handler().insideBatch()
                && (!handled.usesNow(Use.Wait.class).isEmpty()
                        || !waitingParameters(handled.handler()).isEmpty());
    }

    /** Silent if code that is not seen may wait. */
    private boolean isUsed(Handled handled) {
        return handled.handler().insideBatch()
                && (!handled.uses(Use.Wait.class).isEmpty()
                        || waits(handled)
                        || handled.summary().unseen().contains(Summary.Unseen.CALLS));
    }

    private void reportUnused(Handler handler, Findings findings) {
        Place place = Place.of(handler.method(), handler.hostRead().get().mirror());
        findings.report(
                places.annotation(handler.method(), handler.hostRead().get().mirror())
                        .orElse(place),
                Diagnostic.HOST_READ_UNUSED,
                handler.name());
    }
}
