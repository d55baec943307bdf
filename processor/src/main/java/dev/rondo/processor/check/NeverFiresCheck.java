package dev.rondo.processor.check;

import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.event.RunKind;
import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.HandledEvent;
import dev.rondo.processor.model.Handler;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Place;
import dev.rondo.processor.report.Reports;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** An event fires in a phase and in a kind of run in which the class runs. */
final class NeverFiresCheck implements Check {
    private static final List<RunKind> TRAINING = List.of(RunKind.FIT, RunKind.LR_FIND);

    @Override
    public void check(CallbackClass callback, Reports reports) {
        for (Handler handler : callback.handlers()) {
            for (Handler.HandlerAnnotation annotation : handler.annotations()) {
                for (Handler.EventValue event : annotation.events()) {
                    Place place = Place.of(handler.method(), annotation.mirror(), event.value());
                    checkPhases(callback, event.handled(), place, reports);
                    checkKinds(callback, event.handled(), place, reports);
                }
            }
        }
    }

    private static void checkPhases(CallbackClass callback, HandledEvent event, Place place, Reports reports) {
        List<Phase> runs = callback.runs();
        if (!event.insideBatch() || !Collections.disjoint(event.phases(), runs)) return;
        reports.report(
                place,
                Diagnostic.NEVER_FIRES,
                event.name(),
                "phase " + names(event.phases()),
                callback.name(),
                runs.isEmpty() ? "no phase" : names(runs),
                names(event.phases()) + " to runs");
    }

    private static void checkKinds(CallbackClass callback, HandledEvent event, Place place, Reports reports) {
        List<RunKind> kinds = callback.kinds();
        if (event.place() == Event.AFTER_CREATE) return; // it belongs to no run
        boolean training = event.phases().equals(Set.of(Phase.TRAIN));
        if (training ? !Collections.disjoint(kinds, TRAINING) : !kinds.isEmpty()) return;
        reports.report(
                place,
                Diagnostic.NEVER_FIRES,
                event.name(),
                training ? "runs of the kinds " + names(TRAINING) : "runs",
                callback.name(),
                kinds.isEmpty() ? "none" : "those of kind " + names(kinds),
                (training ? "FIT" : "a kind") + " to kinds");
    }

    private static String names(Iterable<? extends Enum<?>> constants) {
        StringBuilder names = new StringBuilder();
        constants.forEach(
                constant -> names.append(names.isEmpty() ? "" : " and ").append(constant));
        return names.toString();
    }
}
