package dev.rondo.processor.check;

import dev.rondo.processor.model.Attribute;
import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.Handler;
import dev.rondo.processor.model.TypeRules;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Place;
import dev.rondo.processor.report.Reports;

/** {@code @Writes} names attributes that this callback may set. */
final class AttributeReadOnlyCheck implements Check {
    private final Writers writers;

    AttributeReadOnlyCheck(TypeRules rules) {
        writers = new Writers(rules);
    }

    @Override
    public void check(CallbackClass callback, Reports reports) {
        for (Handler handler : callback.handlers()) {
            handler.writes().ifPresent(writes -> writes.names().stream()
                    .flatMap(name -> name.attribute().stream())
                    .forEach(attribute -> check(callback, handler, writes, attribute, reports)));
        }
    }

    private void check(
            CallbackClass callback, Handler handler, Handler.Writes writes, Attribute attribute, Reports reports) {
        Place place = Place.of(handler.method(), writes.mirror());
        String name = attribute.name();
        String settable = writers.settable(callback);
        if (!writers.mayWrite(callback, attribute) && !attribute.owners().isEmpty()) {
            reports.report(place, Diagnostic.ATTRIBUTE_OWNED, name, Writers.owners(attribute), settable);
        } else if (!writers.mayWrite(callback, attribute) || attribute.setter().isEmpty()) {
            reports.report(place, Diagnostic.ATTRIBUTE_READ_ONLY, name, settable);
        }
    }
}
