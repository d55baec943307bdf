package dev.rondo.processor.check;

import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.NearestName;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Place;
import dev.rondo.processor.report.Reports;
import dev.rondo.processor.report.Suppressions;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;

/** {@code @SuppressWarnings("rondo:…")} on a callback, its members and their parameters names an existing check. */
final class UnusedSuppressionCheck implements Check {
    private final Set<String> keys = Diagnostic.keys();

    @Override
    public void check(CallbackClass callback, Reports reports) {
        check(callback.element(), reports);
        for (Element member : callback.element().getEnclosedElements()) {
            if (member.getKind().isClass() || member.getKind().isInterface()) continue;
            check(member, reports);
            if (member instanceof ExecutableElement method) {
                method.getParameters().forEach(parameter -> check(parameter, reports));
            }
        }
    }

    void check(Element element, Reports reports) {
        for (Suppressions.Token token : Suppressions.on(element)) {
            if (keys.contains(token.key())) continue;
            reports.report(
                    Place.of(element, token.mirror()),
                    Diagnostic.UNUSED_SUPPRESSION,
                    token.key(),
                    NearestName.hint(token.key(), keys));
        }
    }
}
