package dev.rondo.processor.check;

import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.HandledEvent;
import dev.rondo.processor.model.Handler;
import dev.rondo.processor.model.TypeRules;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Place;
import dev.rondo.processor.report.Reports;

/** The table names the custom events that its handlers handle. */
final class EventAccessCheck implements Check {
    private final TypeRules rules;

    EventAccessCheck(TypeRules rules) {
        this.rules = rules;
    }

    @Override
    public void check(CallbackClass callback, Reports reports) {
        for (Handler handler : callback.handlers()) {
            for (Handler.HandlerAnnotation annotation : handler.annotations()) {
                for (Handler.EventValue event : annotation.events()) {
                    if (!(event.handled() instanceof HandledEvent.Custom custom)) continue;
                    rules.hidden(custom.annotation(), callback.element())
                            .ifPresent(hidden -> reports.report(
                                    Place.of(handler.method(), annotation.mirror()),
                                    Diagnostic.EVENT_NOT_ACCESSIBLE,
                                    custom.name(),
                                    hidden.getSimpleName()));
                }
            }
        }
    }
}
