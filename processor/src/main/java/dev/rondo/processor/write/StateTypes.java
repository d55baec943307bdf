package dev.rondo.processor.write;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.ParameterizedTypeName;
import com.squareup.javapoet.TypeName;
import com.squareup.javapoet.TypeVariableName;
import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.RondoNames;
import dev.rondo.processor.model.SavedField;
import dev.rondo.processor.model.SavedState;
import dev.rondo.processor.model.StateForm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.DeclaredType;

/**
 * Composes the {@code StateType}s of fields: a constant for a single value, and a method, {@code state0} or {@code record0}, for all else.
 * Records are methods so that a record can contain itself. Type arguments are stated, so that no compiler needs to infer them.
 */
final class StateTypes {
    private static final ClassName TYPE = RondoNames.STATE_TYPE;

    private final SavedState state;
    private final ClassName table;
    private final Declared declared;

    StateTypes(CallbackClass callback, Declared declared) {
        state = callback.state();
        table = callback.table();
        this.declared = declared;
    }

    /** The state type of a field, by the number of the field. */
    CodeBlock of(SavedField field, int number) {
        return hasMethod(field.form()) ? call("state" + number, field.form(), type(field)) : code(field.form());
    }

    private static boolean hasMethod(StateForm form) {
        return !(form instanceof StateForm.Scalar
                || form instanceof StateForm.RecordOf
                || form instanceof StateForm.Self);
    }

    /** The methods that {@link #of} calls. */
    List<MethodSpec> methods() {
        List<MethodSpec> methods = new ArrayList<>();
        for (int i = 0; i < state.fields().size(); i++) {
            SavedField field = state.fields().get(i);
            StateForm form = field.form();
            if (!hasMethod(form)) continue;
            String javadoc = "How '" + field.name() + "' is saved";
            methods.add(method("state" + i, javadoc, form, type(field), code(form, field.inPlace())));
        }
        for (int i = 0; i < state.records().size(); i++) {
            SavedState.SavedRecord saved = state.records().get(i);
            String javadoc = "How a record '" + saved.type().asElement().getSimpleName() + "' is saved";
            StateForm form = new StateForm.RecordOf(saved.type(), i);
            methods.add(method("record" + i, javadoc, form, TypeName.get(saved.type()), code(saved)));
        }
        return methods;
    }

    private MethodSpec method(String name, String javadoc, StateForm form, TypeName type, CodeBlock code) {
        MethodSpec.Builder method = MethodSpec.methodBuilder(name)
                .addJavadoc("$L.\n", javadoc)
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC);
        if (!isAuxiliary(form)) {
            return method.returns(ParameterizedTypeName.get(TYPE, type))
                    .addStatement("return $L", code)
                    .build();
        }
        TypeVariableName any = TypeVariableName.get("T");
        TypeName result = ParameterizedTypeName.get(TYPE, any);
        return method.addTypeVariable(any)
                .returns(result)
                .addStatement("return ($T) $L", result, code)
                .build();
    }

    /** Calls such a method. If its declaration cannot name the type, the call does. */
    private CodeBlock call(String method, StateForm form, TypeName type) {
        return isAuxiliary(form) ? CodeBlock.of("$T.<$T>$L()", table, type, method) : CodeBlock.of("$L()", method);
    }

    private boolean isAuxiliary(StateForm form) {
        return state.within(form).stream().anyMatch(f -> declared.isAuxiliary(f.type()));
    }

    /** What is replaced in place may be of any class. */
    private static TypeName type(SavedField field) {
        if (!field.inPlace()) return TypeName.get(field.form().type());
        List<TypeName> arguments = ((DeclaredType) field.form().type())
                .getTypeArguments().stream().map(TypeName::get).toList();
        ClassName container = ClassName.get(field.form() instanceof StateForm.MapOf ? Map.class : Collection.class);
        return ParameterizedTypeName.get(container, arguments.toArray(new TypeName[0]));
    }

    private CodeBlock code(StateForm form) {
        return code(form, false);
    }

    private CodeBlock code(StateForm form, boolean inPlace) {
        TypeName type = TypeName.get(form.type());
        if (form instanceof StateForm.Scalar scalar) {
            return CodeBlock.of("$T.$L$L", TYPE, scalar.constant(), scalar.primitive() ? ".required()" : "");
        }
        if (form instanceof StateForm.Text text) {
            return CodeBlock.of("$T.<$T>text($S, $T::$L)", TYPE, type, simpleName(form), type, text.parser());
        }
        if (form instanceof StateForm.Constant) {
            return CodeBlock.of("$T.constant($S, $T.values())", TYPE, simpleName(form), type);
        }
        if (form instanceof StateForm.Handle) return CodeBlock.of("$T.handle($T.class)", TYPE, type);
        if (form instanceof StateForm.ArrayOf array) {
            TypeName element = TypeName.get(array.element().type()).box();
            return CodeBlock.of("$T.<$T, $T>array($T::new, $L)", TYPE, type, element, type, code(array.element()));
        }
        if (form instanceof StateForm.CollectionOf collection) {
            TypeName element = TypeName.get(collection.elementType());
            if (inPlace) type = ParameterizedTypeName.get(ClassName.get(Collection.class), element);
            return CodeBlock.of(
                    "$T.<$T, $T>collection($L, $L)",
                    TYPE,
                    element,
                    type,
                    created(collection.created(), element),
                    code(collection.element()));
        }
        if (form instanceof StateForm.MapOf map) {
            TypeName key = TypeName.get(map.keyType()), value = TypeName.get(map.valueType());
            if (inPlace) type = ParameterizedTypeName.get(ClassName.get(Map.class), key, value);
            return CodeBlock.of(
                    "$T.<$T, $T, $T>map($L, $L, $L)",
                    TYPE,
                    key,
                    value,
                    type,
                    created(map.created(), key),
                    code(map.key()),
                    code(map.value()));
        }
        if (form instanceof StateForm.OptionalOf optional) {
            return CodeBlock.of(
                    "$T.<$T>optional($L)", TYPE, TypeName.get(optional.valueType()), code(optional.value()));
        }
        return call("record" + ((StateForm.RecordOf) form).number(), form, type);
    }

    /** What creates an empty container; those of enums need the enum. */
    private static CodeBlock created(ClassName type, TypeName element) {
        return switch (type.simpleName()) {
            case "EnumSet" -> CodeBlock.of("() -> $T.noneOf($T.class)", type, element);
            case "EnumMap" -> CodeBlock.of("() -> new $T<>($T.class)", type, element);
            default -> CodeBlock.of("$T::new", type);
        };
    }

    private CodeBlock code(SavedState.SavedRecord saved) {
        TypeName type = TypeName.get(saved.type());
        CodeBlock save = saved.components().stream()
                .map(c -> CodeBlock.of("to.put($S, $L.save(value.$L()));\n", c.name(), code(c.form()), c.name()))
                .collect(CodeBlock.joining(""));
        CodeBlock read = saved.components().stream()
                .map(c -> CodeBlock.of("\nfrom.read($S, $L)", c.name(), code(c.form())))
                .collect(CodeBlock.joining(","));
        return CodeBlock.builder()
                .add(
                        "$T.<$T>record($S, (value, to) -> {\n",
                        TYPE,
                        type,
                        saved.type().asElement().getSimpleName())
                .indent()
                .add(save)
                .unindent()
                .add("}, from -> new $T(", type)
                .indent()
                .add(read)
                .unindent()
                .add("))")
                .build();
    }

    private static String simpleName(StateForm form) {
        return ((DeclaredType) form.type()).asElement().getSimpleName().toString();
    }
}
