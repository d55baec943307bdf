package dev.rondo.processor.check;

import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.HandledEvent;
import dev.rondo.processor.model.Handler;
import dev.rondo.processor.model.Slot;
import dev.rondo.processor.model.TypeRules;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Place;
import dev.rondo.processor.report.Reports;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.util.ElementFilter;

/** A method that overrides a handler repeats its annotations, with the same events, so that they can be read at the method. */
final class OverrideCheck implements Check {
    private final TypeRules rules;

    OverrideCheck(TypeRules rules) {
        this.rules = rules;
    }

    @Override
    public void check(CallbackClass callback, Reports reports) {
        callback.base().ifPresent(base -> {
            for (CallbackClass.Overriding pair : base.overrides()) {
                Handler here = pair.overrider();
                if (!Set.copyOf(here.handledEvents())
                        .equals(Set.copyOf(pair.overridden().handledEvents()))) {
                    reports.report(
                            Place.of(here.method(), here.annotations().get(0).mirror()),
                            Diagnostic.CONFLICTING_OVERRIDE,
                            here.name(),
                            events(here),
                            events(pair.overridden()),
                            owner(pair.overridden()));
                }
            }
            for (ExecutableElement method :
                    ElementFilter.methodsIn(callback.element().getEnclosedElements())) {
                if (!callback.declaresHandler(method)) checkUnannotated(method, callback, base, reports);
            }
        });
    }

    private void checkUnannotated(
            ExecutableElement method, CallbackClass callback, CallbackClass.Base base, Reports reports) {
        for (Slot slot : base.callback().slots()) {
            if (rules.overrides(method, slot.handler().method(), callback.element())) {
                reports.report(
                        method,
                        Diagnostic.UNANNOTATED_OVERRIDE,
                        method.getSimpleName(),
                        owner(slot.handler()),
                        events(slot.handler()));
                return;
            }
        }
    }

    private static String owner(Handler handler) {
        return handler.method().getEnclosingElement().getSimpleName().toString();
    }

    private static String events(Handler handler) {
        return handler.handledEvents().stream()
                .distinct()
                .sorted(Comparator.comparing(HandledEvent::place).thenComparing(HandledEvent::name))
                .map(HandledEvent::name)
                .collect(Collectors.joining(", "));
    }
}
