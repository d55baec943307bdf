package dev.rondo.processor.check;

import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.Handler;
import dev.rondo.processor.model.Parameter;
import dev.rondo.processor.model.TypeRules;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Reports;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;

/** The runtime can provide a value for each parameter. */
final class RequirementCheck implements Check {
    private final TypeRules rules;

    RequirementCheck(TypeRules rules) {
        this.rules = rules;
    }

    @Override
    public void check(CallbackClass callback, Reports reports) {
        for (Handler handler : callback.handlers()) {
            if (handler.isGeneric()) continue;
            for (Parameter parameter : handler.parameters()) {
                if (parameter instanceof Parameter.Unsupported p
                        && !isOwn(p.element().asType(), handler)) {
                    String type = TypeRules.display(p.element().asType());
                    reports.report(p.element(), Diagnostic.REQUIREMENT, p.number(), type);
                } else if (parameter instanceof Parameter.OfCallback p) {
                    check(p, callback, reports);
                }
            }
        }
    }

    /** A type parameter of the method, which another check reports. */
    private static boolean isOwn(TypeMirror type, Handler handler) {
        return type instanceof TypeVariable variable
                && handler.method().getTypeParameters().contains(variable.asElement());
    }

    private void check(Parameter.OfCallback parameter, CallbackClass callback, Reports reports) {
        String type = parameter.type().getSimpleName().toString();
        if (parameter.type().equals(callback.element())) {
            reports.report(parameter.element(), Diagnostic.REQUIREMENT_ITSELF, parameter.number(), type);
        } else {
            rules.hidden(parameter.type(), callback.element())
                    .ifPresent(hidden -> reports.report(
                            parameter.element(), Diagnostic.REQUIREMENT_NOT_ACCESSIBLE, type, hidden.getSimpleName()));
        }
    }
}
