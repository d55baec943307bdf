package dev.rondo.processor.check;

import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.SavedField;
import dev.rondo.processor.model.TypeRules;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Reports;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.TypeKind;

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
            if (field.form() instanceof SavedField.Unsupported) {
                String way = type.endsWith("Random") ? "Save its seed" : "Save what it is made of";
                reports.report(field.element(), Diagnostic.CHECKPOINTED_TYPE, type, way);
            } else if (field.is(Modifier.STATIC)) {
                reports.report(field.element(), Diagnostic.CHECKPOINTED_STATIC, field.name());
            } else if (field.is(Modifier.FINAL) && field.form() instanceof SavedField.Single) {
                reports.report(field.element(), Diagnostic.CHECKPOINTED_FINAL, field.name());
            } else {
                hidden(field, callback)
                        .ifPresent(e -> reports.report(
                                field.element(), Diagnostic.CHECKPOINTED_NOT_ACCESSIBLE, type, e.getSimpleName()));
            }
            if (!names.add(field.name())) {
                reports.report(field.element(), Diagnostic.CHECKPOINTED_TWICE, field.name());
            }
        }
    }

    /** The type that generated code must name to read the value, but cannot. */
    private java.util.Optional<Element> hidden(SavedField field, CallbackClass callback) {
        Stream<SavedField.Single> named = Stream.empty();
        if (field.form() instanceof SavedField.Single s) named = Stream.of(s);
        else if (field.form() instanceof SavedField.ListOf l) named = Stream.of(l.element());
        else if (field.form() instanceof SavedField.MapOf m) named = Stream.of(m.key(), m.value());
        return named.filter(s -> s.type().getKind() == TypeKind.DECLARED)
                .flatMap(s -> rules.hidden(rules.element(s.type()), callback.element()).stream())
                .findFirst();
    }
}
