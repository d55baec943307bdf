package dev.rondo.processor.read;

import dev.rondo.processor.model.RondoNames;
import dev.rondo.processor.model.SavedField;
import dev.rondo.processor.model.SavedState;
import dev.rondo.processor.model.TypeRules;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** Reads the fields with {@code @Checkpointed} that a class's own table saves. */
final class SavedFieldReader {
    private final Elements elements;
    private final TypeRules rules;

    SavedFieldReader(Elements elements, TypeRules rules) {
        this.elements = elements;
        this.rules = rules;
    }

    /** Whether a class declares such fields. */
    boolean any(TypeElement type) {
        return ElementFilter.fieldsIn(type.getEnclosedElements()).stream()
                .anyMatch(f -> Mirror.find(f, RondoNames.CHECKPOINTED, elements).isPresent());
    }

    /** @param base the superclass whose table saves what it and its superclasses declare; null for none */
    SavedState read(TypeElement type, TypeElement base) throws MissingTypeException {
        StateFormReader forms = new StateFormReader(rules);
        List<SavedField> fields = new ArrayList<>();
        List<String> unsaved = new ArrayList<>();
        for (Optional<TypeElement> t = Optional.of(type);
                t.isPresent() && !t.get().equals(base);
                t = rules.superclass(t.get())) {
            for (VariableElement field : ElementFilter.fieldsIn(t.get().getEnclosedElements())) {
                if (Mirror.find(field, RondoNames.CHECKPOINTED, elements).isEmpty()) {
                    if (mayChange(field)) unsaved.add(field.getSimpleName().toString());
                    continue;
                }
                MissingTypes.require(field.asType());
                boolean inPlace = field.getModifiers().contains(Modifier.FINAL);
                fields.add(new SavedField(field, forms.read(field.asType(), inPlace)));
            }
        }
        boolean savesItself = rules.isA(type.asType(), RondoNames.CALLBACK_STATE);
        return new SavedState(fields, forms.records(), savesItself ? List.of() : unsaved);
    }

    /** Whether a field can have another value later. {@code transient} says that a value is not needed later. */
    private static boolean mayChange(VariableElement field) {
        return Collections.disjoint(field.getModifiers(), Set.of(Modifier.STATIC, Modifier.FINAL, Modifier.TRANSIENT));
    }
}
