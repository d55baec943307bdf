package dev.rondo.processor.check;

import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.Handler;
import dev.rondo.processor.model.Parameter;
import dev.rondo.processor.model.TypeRules;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Place;
import dev.rondo.processor.report.Reports;
import java.util.List;

/** A result goes to exactly one attribute; a void handler that writes needs the learner to write with. */
final class WritesWithoutResultCheck implements Check {
    @Override
    public void check(CallbackClass callback, Reports reports) {
        for (Handler handler : callback.handlers()) {
            List<String> names = handler.writtenNames();
            Place place = handler.writes()
                    .map(writes -> Place.of(handler.method(), writes.mirror()))
                    .orElseGet(() -> Place.of(handler.method()));
            if (handler.returnsValue()) {
                if (names.isEmpty()) {
                    String type = TypeRules.withArticle(handler.method().getReturnType());
                    reports.report(place, Diagnostic.RESULT_WITHOUT_WRITES, handler.name(), type);
                } else if (names.size() > 1) {
                    reports.report(place, Diagnostic.WRITES_SEVERAL, handler.name(), names.size());
                }
            } else if (!names.isEmpty() && !takesLearner(handler)) {
                reports.report(place, Diagnostic.WRITES_WITHOUT_RESULT, handler.name(), names.get(0));
            }
        }
    }

    private static boolean takesLearner(Handler handler) {
        return handler.parameters().stream().anyMatch(Parameter.OfLearner.class::isInstance);
    }
}
