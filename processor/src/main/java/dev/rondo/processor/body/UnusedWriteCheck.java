package dev.rondo.processor.body;

import dev.rondo.processor.model.Attribute;
import dev.rondo.processor.model.Handler;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Place;
import java.util.List;

/** A void handler sets what its {@code @Writes} lists. Silent if code that is not seen may set it. */
final class UnusedWriteCheck implements BodyCheck {
    private final AnnotationPlaces places;

    UnusedWriteCheck(AnnotationPlaces places) {
        this.places = places;
    }

    @Override
    public void check(Handled handled, Findings findings) {
        Handler handler = handled.handler();
        if (handler.returnsValue()
                || handler.writes().isEmpty()
                || handled.summary().unseen().contains(Summary.Unseen.LEARNER)
                || handled.summary().unseen().contains(Summary.Unseen.TENSORS)) return;
        List<String> set = handled.uses(Use.Write.class).stream()
                .map(Use.Write::attribute)
                .map(Attribute::name)
                .toList();
        List<Handler.WrittenName> names = handler.writes().get().names();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i).name();
            if (set.contains(name) || names.get(i).attribute().isEmpty()) continue;
            Place place = places.value(handler.method(), handler.writes().get().mirror(), i)
                    .orElseGet(() -> Place.of(handler.method()));
            findings.report(place, Diagnostic.UNUSED_WRITE, handler.name(), name);
        }
    }
}
