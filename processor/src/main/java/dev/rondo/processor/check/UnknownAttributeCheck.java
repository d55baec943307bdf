package dev.rondo.processor.check;

import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.Handler;
import dev.rondo.processor.model.NearestName;
import dev.rondo.processor.model.Parameter;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Place;
import dev.rondo.processor.report.Reports;
import java.util.Set;

/** Parameters, {@code @Read} and {@code @Writes} name attributes that the learner has. */
final class UnknownAttributeCheck implements Check {
    @Override
    public void check(CallbackClass callback, Reports reports) {
        Set<String> names = callback.learner().attributes().keySet();
        for (Handler handler : callback.handlers()) {
            for (Parameter parameter : handler.parameters()) {
                if (parameter instanceof Parameter.UnknownAttribute p) report(p.name(), place(p), names, reports);
            }
            handler.writes().ifPresent(writes -> {
                for (Handler.WrittenName written : writes.names()) {
                    if (written.attribute().isEmpty()) {
                        Place place = Place.of(handler.method(), writes.mirror(), written.value());
                        report(written.name(), place, names, reports);
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

    private static void report(String name, Place place, Set<String> names, Reports reports) {
        reports.report(place, Diagnostic.UNKNOWN_ATTRIBUTE, name, NearestName.hint(name, names));
    }
}
