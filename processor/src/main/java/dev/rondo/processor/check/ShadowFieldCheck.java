package dev.rondo.processor.check;

import dev.rondo.processor.model.Attribute;
import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.TypeRules;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Reports;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/** A field that can be set does not have the name of an attribute: setting it would not change training. */
final class ShadowFieldCheck implements Check {
    private final TypeRules rules;

    ShadowFieldCheck(TypeRules rules) {
        this.rules = rules;
    }

    @Override
    public void check(CallbackClass callback, Reports reports) {
        for (VariableElement field : ElementFilter.fieldsIn(callback.element().getEnclosedElements())) {
            Set<Modifier> modifiers = field.getModifiers();
            Attribute attribute =
                    callback.learner().attributes().get(field.getSimpleName().toString());
            if (attribute == null || modifiers.contains(Modifier.FINAL) || modifiers.contains(Modifier.STATIC))
                continue;
            Diagnostic diagnostic =
                    related(field.asType(), attribute.type()) ? Diagnostic.SHADOW_FIELD : Diagnostic.SHADOW_FIELD_NAME;
            String way = attribute.writable() ? ", or write through @Writes(\"" + attribute.name() + "\")" : "";
            reports.report(field, diagnostic, attribute.name(), way);
        }
    }

    private boolean related(TypeMirror one, TypeMirror other) {
        return rules.fits(one, other) || rules.fits(other, one);
    }
}
