package dev.rondo.processor.check;

import dev.rondo.processor.model.Attribute;
import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.Handler;
import dev.rondo.processor.model.TypeRules;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Place;
import dev.rondo.processor.report.Reports;
import java.util.stream.Collectors;

/** {@code @Writes} names attributes that this callback may set. */
final class AttributeReadOnlyCheck implements Check {
    private final TypeRules rules;

    AttributeReadOnlyCheck(TypeRules rules) {
        this.rules = rules;
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
        String settable = callback.learner().attributes().values().stream()
                .filter(a -> a.setter().isPresent() && mayWrite(callback, a))
                .map(Attribute::name)
                .collect(Collectors.joining(", "));
        if (!mayWrite(callback, attribute) && !attribute.owners().isEmpty()) {
            String owners = attribute.owners().stream().map(TypeRules::display).collect(Collectors.joining(", "));
            reports.report(place, Diagnostic.ATTRIBUTE_OWNED, name, owners, settable);
        } else if (!mayWrite(callback, attribute) || attribute.setter().isEmpty()) {
            reports.report(place, Diagnostic.ATTRIBUTE_READ_ONLY, name, settable);
        }
    }

    private boolean mayWrite(CallbackClass callback, Attribute attribute) {
        return attribute.writable()
                || attribute.owners().stream()
                        .anyMatch(owner -> rules.isA(callback.element().asType(), owner));
    }
}
