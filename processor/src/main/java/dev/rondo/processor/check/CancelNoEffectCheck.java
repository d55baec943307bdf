package dev.rondo.processor.check;

import dev.rondo.event.Scope;
import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.HandledEvent;
import dev.rondo.processor.model.Handler;
import dev.rondo.processor.model.TypeRules;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Place;
import dev.rondo.processor.report.Reports;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A cancel that a handler may raise is caught, at each of its events, by a scope around it. */
final class CancelNoEffectCheck implements Check {
    private final TypeRules rules;

    CancelNoEffectCheck(TypeRules rules) {
        this.rules = rules;
    }

    @Override
    public void check(CallbackClass callback, Reports reports) {
        for (Handler handler : callback.handlers()) {
            for (Scope scope : handler.cancels()) {
                handler.handledEvents().stream()
                        .filter(handled -> !handled.cancels().contains(scope))
                        .findFirst()
                        .ifPresent(handled -> report(handler, scope, handled, reports));
            }
        }
    }

    private void report(Handler handler, Scope scope, HandledEvent handled, Reports reports) {
        reports.report(
                Place.thrown(
                        handler.method(),
                        rules.thrown(handler.method(), scope.cancel()).orElseThrow()),
                Diagnostic.CANCEL_NO_EFFECT,
                scope.cancel().getSimpleName(),
                handled.name(),
                scope.name().toLowerCase(Locale.ROOT),
                legal(handled.cancels()));
    }

    private static String legal(Set<Scope> scopes) {
        if (scopes.isEmpty()) return "none";
        return scopes.stream().map(scope -> scope.cancel().getSimpleName()).collect(Collectors.joining(", "));
    }
}
