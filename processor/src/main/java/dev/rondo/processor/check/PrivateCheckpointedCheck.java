package dev.rondo.processor.check;

import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.RondoNames;
import dev.rondo.processor.model.SavedField;
import dev.rondo.processor.model.TypeRules;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Reports;
import javax.lang.model.element.Modifier;

/** Generated code in the callback's package reads and sets the fields that are saved. */
final class PrivateCheckpointedCheck implements Check {
    private final TypeRules rules;

    PrivateCheckpointedCheck(TypeRules rules) {
        this.rules = rules;
    }

    @Override
    public void check(CallbackClass callback, Reports reports) {
        for (SavedField field : callback.saved()) {
            if (field.owner().equals(callback.element())) {
                if (field.is(Modifier.PRIVATE)) {
                    boolean kotlin = rules.hasAnnotation(field.owner(), RondoNames.KOTLIN_CLASS);
                    String way = kotlin ? "Annotate it with @JvmField" : "Drop 'private'";
                    reports.report(field.element(), Diagnostic.PRIVATE_CHECKPOINTED, field.name(), way);
                }
            } else if (rules.hiddenMember(field.element(), callback.element()).isPresent()) {
                String name = field.owner().getSimpleName() + "." + field.name();
                reports.report(field.element(), Diagnostic.HIDDEN_CHECKPOINTED, name);
            }
        }
    }
}
