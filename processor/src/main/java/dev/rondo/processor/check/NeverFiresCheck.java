package dev.rondo.processor.check;

import dev.rondo.event.Phase;
import dev.rondo.event.RunKind;
import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.HandledEvent;
import dev.rondo.processor.model.Handler;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Place;
import dev.rondo.processor.report.Reports;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** An event fires in a phase and, in this phase, in a kind of run in which the class runs. */
final class NeverFiresCheck implements Check {
    @Override
    public void check(CallbackClass callback, Reports reports) {
        if (callback.runs().isEmpty() || callback.kinds().isEmpty()) return; // another check's
        for (Handler handler : callback.handlers()) {
            for (Handler.HandlerAnnotation annotation : handler.annotations()) {
                for (Handler.EventValue event : annotation.events()) {
                    check(
                            callback,
                            event.handled(),
                            Place.of(handler.method(), annotation.mirror(), event.value()),
                            reports);
                }
            }
        }
    }

    private static void check(CallbackClass callback, HandledEvent event, Place place, Reports reports) {
        Set<Phase> phases = EnumSet.copyOf(event.phases());
        if (event.insideBatch()) phases.retainAll(callback.runs());
        Set<RunKind> kinds = EnumSet.noneOf(RunKind.class);
        for (Phase phase : phases) kinds.addAll(event.kinds(phase));
        List<RunKind> own = callback.kinds();
        if (phases.isEmpty()) {
            reports.report(
                    place,
                    Diagnostic.NEVER_FIRES,
                    event.name(),
                    "phase " + names(event.phases()),
                    callback.name(),
                    names(callback.runs()),
                    names(event.phases()) + " to runs");
        } else if (Collections.disjoint(kinds, own)) {
            String narrowed = phases.equals(event.phases()) ? "" : " of phase " + names(phases);
            reports.report(
                    place,
                    Diagnostic.NEVER_FIRES,
                    event.name() + narrowed,
                    "runs of the kinds " + names(kinds),
                    callback.name(),
                    "those of kind " + names(own),
                    RunKind.FIT + " to kinds");
        }
    }

    private static String names(Iterable<? extends Enum<?>> constants) {
        StringBuilder names = new StringBuilder();
        constants.forEach(
                constant -> names.append(names.isEmpty() ? "" : " and ").append(constant));
        return names.toString();
    }
}
