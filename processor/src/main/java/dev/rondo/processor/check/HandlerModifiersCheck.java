package dev.rondo.processor.check;

import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.Handler;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Reports;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** Generated code calls a handler as {@code callback.handler(…)}: an accessible instance method with a body, without type parameters. */
final class HandlerModifiersCheck implements Check {
    private static final Map<Modifier, Diagnostic> REFUSED = Map.of(
            Modifier.PRIVATE, Diagnostic.PRIVATE_HANDLER,
            Modifier.STATIC, Diagnostic.STATIC_HANDLER,
            Modifier.ABSTRACT, Diagnostic.ABSTRACT_HANDLER);

    @Override
    public void check(CallbackClass callback, Reports reports) {
        for (Handler handler : callback.handlers()) {
            for (Modifier modifier : handler.method().getModifiers()) {
                Diagnostic diagnostic = REFUSED.get(modifier);
                if (diagnostic != null) reports.report(handler.method(), diagnostic, handler.name());
            }
            if (!handler.method().getTypeParameters().isEmpty()) {
                reports.report(handler.method(), Diagnostic.GENERIC_HANDLER, handler.name());
            }
        }
    }
}
