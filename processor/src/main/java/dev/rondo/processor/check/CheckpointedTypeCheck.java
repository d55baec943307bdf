package dev.rondo.processor.check;

import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.RondoNames;
import dev.rondo.processor.model.SavedField;
import dev.rondo.processor.model.StateForm;
import dev.rondo.processor.model.TypeRules;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Reports;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** A file can hold the values of a saved field, and its name is unique. */
final class CheckpointedTypeCheck implements Check {
    private final TypeRules rules;

    CheckpointedTypeCheck(TypeRules rules) {
        this.rules = rules;
    }

    @Override
    public void check(CallbackClass callback, Reports reports) {
        Set<String> names = new HashSet<>(callback.inheritedState());
        for (SavedField field : callback.saved()) {
            String type = TypeRules.display(field.element().asType());
            Optional<StateForm.Unsupported> unsupported = forms(callback, field)
                    .flatMap(form -> form instanceof StateForm.Unsupported u ? Stream.of(u) : Stream.empty())
                    .findFirst();
            if (unsupported.isPresent()) {
                String inner = TypeRules.display(unsupported.get().type());
                String name = inner.equals(type) ? "'" + type + "'" : "'" + inner + "' in '" + type + "'";
                reports.report(
                        field.element(),
                        Diagnostic.CHECKPOINTED_TYPE,
                        name,
                        unsupported.get().way());
            } else if (field.is(Modifier.STATIC)) {
                reports.report(field.element(), Diagnostic.CHECKPOINTED_STATIC, field.name());
            } else if (field.is(Modifier.FINAL) && !field.inPlace()) {
                boolean kotlin = rules.hasAnnotation(field.owner(), RondoNames.KOTLIN_CLASS);
                String way = kotlin ? "Declare it as 'var'" : "Drop 'final'";
                reports.report(field.element(), Diagnostic.CHECKPOINTED_FINAL, field.name(), way);
            } else {
                hidden(field, callback).ifPresent(t -> {
                    Element hidden =
                            rules.hidden(rules.element(t), callback.element()).orElseThrow();
                    reports.report(
                            field.element(),
                            Diagnostic.CHECKPOINTED_NOT_ACCESSIBLE,
                            TypeRules.display(rules.erasure(t)),
                            hidden.getSimpleName());
                });
            }
            if (!names.add(field.name())) {
                reports.report(field.element(), Diagnostic.CHECKPOINTED_TWICE, field.name());
            }
        }
    }

    /** The type that generated code must name to read the value, but cannot. */
    private Optional<TypeMirror> hidden(SavedField field, CallbackClass callback) {
        return forms(callback, field)
                .filter(form -> !(form instanceof StateForm.Self))
                .map(StateForm::type)
                .filter(type -> type.getKind() == TypeKind.DECLARED)
                .filter(type ->
                        rules.hidden(rules.element(type), callback.element()).isPresent())
                .findFirst();
    }

    private static Stream<StateForm> forms(CallbackClass callback, SavedField field) {
        return callback.state().within(field.form()).stream();
    }
}
