package dev.rondo.processor.read;

import dev.rondo.processor.model.RondoNames;
import dev.rondo.processor.model.SavedField;
import dev.rondo.processor.model.TypeRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
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
    List<SavedField> read(TypeElement type, TypeElement base) throws MissingTypeException {
        List<SavedField> fields = new ArrayList<>();
        for (Optional<TypeElement> t = Optional.of(type);
                t.isPresent() && !t.get().equals(base);
                t = rules.superclass(t.get())) {
            for (VariableElement field : ElementFilter.fieldsIn(t.get().getEnclosedElements())) {
                if (Mirror.find(field, RondoNames.CHECKPOINTED, elements).isEmpty()) continue;
                MissingTypes.require(field.asType());
                fields.add(new SavedField(field, form(field.asType())));
            }
        }
        return fields;
    }

    private SavedField.Form form(TypeMirror type) {
        Optional<SavedField.Single> single = single(type);
        if (single.isPresent()) return single.get();
        if (rules.isA(type, RondoNames.CALLBACK_STATE)) return new SavedField.Self();
        if (type instanceof DeclaredType declared) {
            List<Optional<SavedField.Single>> arguments =
                    declared.getTypeArguments().stream().map(this::single).toList();
            if (!arguments.isEmpty() && arguments.stream().allMatch(Optional::isPresent)) {
                SavedField.Single last = arguments.get(arguments.size() - 1).get();
                if (is(type, List.class)) return new SavedField.ListOf(last);
                SavedField.Single first = arguments.get(0).get();
                if (is(type, java.util.Map.class) && !first.tensor()) return new SavedField.MapOf(first, last);
            }
        }
        return new SavedField.Unsupported();
    }

    private Optional<SavedField.Single> single(TypeMirror type) {
        if (type.getKind().isPrimitive()) return Optional.of(new SavedField.Single(rules.boxed(type), true, false));
        if (type.getKind() != TypeKind.DECLARED) return Optional.empty();
        TypeElement element = rules.element(type);
        boolean tensor = element.getQualifiedName().contentEquals(RondoNames.TENSOR);
        boolean saved = tensor
                || element.getKind() == ElementKind.ENUM
                || element.getQualifiedName().contentEquals(String.class.getName())
                || rules.isBox(type);
        return saved ? Optional.of(new SavedField.Single(type, false, tensor)) : Optional.empty();
    }

    private boolean is(TypeMirror type, Class<?> expected) {
        return rules.element(type).getQualifiedName().contentEquals(expected.getName());
    }
}
