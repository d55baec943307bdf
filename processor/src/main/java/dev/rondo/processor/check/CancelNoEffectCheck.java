package dev.rondo.processor.check;

import dev.rondo.event.Scope;
import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.Handler;
import dev.rondo.processor.model.Occasion;
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
                handler.occasions().stream()
                        .filter(occasion -> !occasion.cancels().contains(scope))
                        .findFirst()
                        .ifPresent(occasion -> report(handler, scope, occasion, reports));
            }
        }
    }

    private void report(Handler handler, Scope scope, Occasion occasion, Reports reports) {
        reports.report(
                Place.thrown(
                        handler.method(),
                        rules.thrown(handler.method(), scope.cancel()).orElseThrow()),
                Diagnostic.CANCEL_NO_EFFECT,
                scope.cancel().getSimpleName(),
                occasion.name(),
                scope.name().toLowerCase(Locale.ROOT),
                legal(occasion.cancels()));
    }

    private static String legal(Set<Scope> scopes) {
        if (scopes.isEmpty()) return "none";
        return scopes.stream().map(scope -> scope.cancel().getSimpleName()).collect(Collectors.joining(", "));
    }
}
