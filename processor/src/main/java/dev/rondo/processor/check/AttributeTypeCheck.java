package dev.rondo.processor.check;

import dev.rondo.processor.model.Attribute;
import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.Handler;
import dev.rondo.processor.model.Parameter;
import dev.rondo.processor.model.TypeRules;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Reports;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;

/** An attribute fits the parameter that reads it, and takes the result that is written to it. */
final class AttributeTypeCheck implements Check {
    private final TypeRules rules;

    AttributeTypeCheck(TypeRules rules) {
        this.rules = rules;
    }

    @Override
    public void check(CallbackClass callback, Reports reports) {
        for (Handler handler : callback.handlers()) {
            if (handler.isGeneric()) continue;
            for (Parameter parameter : handler.parameters()) {
                if (parameter instanceof Parameter.OfAttribute p) checkRead(p.element(), p.attribute(), reports);
            }
            if (handler.returnsValue()) {
                handler.writes()
                        .filter(writes -> writes.names().size() == 1)
                        .flatMap(writes -> writes.names().get(0).attribute())
                        .ifPresent(attribute -> checkWritten(handler, attribute, reports));
            }
        }
    }

    private void checkRead(VariableElement parameter, Attribute attribute, Reports reports) {
        if (!rules.fits(attribute.type(), parameter.asType())) {
            reports.report(
                    parameter,
                    Diagnostic.ATTRIBUTE_TYPE,
                    attribute.name(),
                    TypeRules.withArticle(attribute.type()),
                    TypeRules.withArticle(parameter.asType()),
                    TypeRules.display(attribute.type()));
        }
    }

    private void checkWritten(Handler handler, Attribute attribute, Reports reports) {
        TypeMirror result = handler.method().getReturnType();
        attribute
                .setter()
                .map(Attribute.Setter::type)
                .filter(type -> !rules.fits(result, type))
                .ifPresent(type -> reports.report(
                        handler.method(),
                        Diagnostic.RESULT_TYPE,
                        attribute.name(),
                        TypeRules.withArticle(type),
                        TypeRules.withArticle(result)));
    }
}
