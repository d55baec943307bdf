package dev.rondo.processor.check;

import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.Handler;
import dev.rondo.processor.model.Parameter;
import dev.rondo.processor.model.TypeRules;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Reports;

/** Each parameter asks for something that the runtime can give. */
final class RequirementCheck implements Check {
    @Override
    public void check(CallbackClass callback, Reports reports) {
        for (Handler handler : callback.handlers()) {
            for (Parameter parameter : handler.parameters()) {
                if (parameter instanceof Parameter.Unsupported p) {
                    String type = TypeRules.display(p.element().asType());
                    reports.report(p.element(), Diagnostic.REQUIREMENT, p.number(), type);
                }
            }
        }
    }
}
