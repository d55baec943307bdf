package dev.rondo.processor.check;

import dev.rondo.event.Phase;
import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.Handler;
import dev.rondo.processor.model.Occasion;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Place;
import dev.rondo.processor.report.Reports;
import java.util.Collections;
import java.util.List;

/** An event inside a batch fires in a phase in which the class runs. */
final class NeverFiresCheck implements Check {
    @Override
    public void check(CallbackClass callback, Reports reports) {
        List<Phase> runs = callback.runs();
        for (Handler handler : callback.handlers()) {
            for (Handler.Mark mark : handler.marks()) {
                for (Handler.EventValue event : mark.events()) {
                    Occasion occasion = event.occasion();
                    if (!occasion.insideBatch() || !Collections.disjoint(occasion.phases(), runs)) continue;
                    reports.report(
                            Place.of(handler.method(), mark.mirror(), event.value()),
                            Diagnostic.NEVER_FIRES,
                            occasion.name(),
                            names(occasion.phases()),
                            callback.name(),
                            runs.isEmpty() ? "no phase" : names(runs));
                }
            }
        }
    }

    private static String names(Iterable<Phase> phases) {
        StringBuilder names = new StringBuilder();
        phases.forEach(phase -> names.append(names.isEmpty() ? "" : " and ").append(phase));
        return names.toString();
    }
}
