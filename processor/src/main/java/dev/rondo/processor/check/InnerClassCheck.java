package dev.rondo.processor.check;

import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Reports;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;

/** A callback lives as long as its learner, and an inner class keeps the object around it alive. */
final class InnerClassCheck implements Check {
    @Override
    public void check(CallbackClass callback, Reports reports) {
        TypeElement type = callback.element();
        if (type.getNestingKind() == NestingKind.MEMBER && !type.getModifiers().contains(Modifier.STATIC)) {
            String outer = type.getEnclosingElement().getSimpleName().toString();
            reports.report(type, Diagnostic.INNER_CLASS, callback.name(), outer);
        }
    }
}
