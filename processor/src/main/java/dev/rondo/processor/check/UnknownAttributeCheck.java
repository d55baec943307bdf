package dev.rondo.processor.check;

import dev.rondo.processor.model.Attribute;
import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.Handler;
import dev.rondo.processor.model.OtherFrameworks;
import dev.rondo.processor.model.Parameter;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Place;
import dev.rondo.processor.report.Reports;
import java.util.Map;

/** Parameters, {@code @Read} and {@code @Writes} name attributes that the learner has. */
final class UnknownAttributeCheck implements Check {
    @Override
    public void check(CallbackClass callback, Reports reports) {
        Map<String, Attribute> attributes = callback.learner().attributes();
        for (Handler handler : callback.handlers()) {
            for (Parameter parameter : handler.parameters()) {
                if (parameter instanceof Parameter.UnknownAttribute p) report(p.name(), place(p), attributes, reports);
            }
            handler.writes().ifPresent(writes -> {
                for (Handler.WrittenName written : writes.names()) {
                    if (written.attribute().isEmpty()) {
                        Place place = Place.of(handler.method(), writes.mirror(), written.value());
                        report(written.name(), place, attributes, reports);
                    }
                }
            });
        }
    }

    private static Place place(Parameter.UnknownAttribute parameter) {
        return parameter
                .read()
                .map(read -> Place.of(parameter.element(), read.mirror(), read.value()))
                .orElseGet(() -> Place.of(parameter.element()));
    }

    private static void report(String name, Place place, Map<String, Attribute> attributes, Reports reports) {
        reports.report(place, Diagnostic.UNKNOWN_ATTRIBUTE, name, OtherFrameworks.hint(name, attributes));
    }
}
