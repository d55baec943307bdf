package dev.rondo.processor.write;

import static dev.rondo.processor.write.TableMethods.override;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.ParameterizedTypeName;
import com.squareup.javapoet.TypeName;
import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.RondoNames;
import dev.rondo.processor.model.SavedField;
import dev.rondo.processor.model.TypeRules;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;

/**
 * Saves and restores the state of a callback. All values are read before the first is assigned, so that a state that does not fit changes
 * nothing. The table of a base class handles the fields of the base class.
 */
final class StateMethods {
    private static final ClassName VALUES = RondoNames.STATE_VALUES;
    private static final TypeName STATE = ParameterizedTypeName.get(Map.class, String.class, Object.class);

    private final TypeRules rules;

    StateMethods(TypeRules rules) {
        this.rules = rules;
    }

    List<MethodSpec> of(CallbackClass callback) {
        boolean inherits = callback.base().isPresent();
        if (callback.saved().isEmpty() && !inherits) return List.of();
        return List.of(version(callback, inherits), save(callback, inherits), restore(callback, inherits));
    }

    private static MethodSpec version(CallbackClass callback, boolean inherits) {
        String version = String.valueOf(callback.stateVersion());
        CodeBlock code = CodeBlock.of("$S", version);
        if (inherits)
            code = callback.saved().isEmpty()
                    ? CodeBlock.of("base.stateVersion()")
                    : CodeBlock.of("base.stateVersion() + $S", "/" + version);
        return override("stateVersion", String.class)
                .addStatement("return $L", code)
                .build();
    }

    private MethodSpec save(CallbackClass callback, boolean inherits) {
        MethodSpec.Builder method = override("saveState", TypeName.VOID).addParameter(STATE, "to");
        if (inherits) method.addStatement("base.saveState(to)");
        for (SavedField field : callback.saved()) {
            method.addStatement("to.put($S, $T.of($L))", field.name(), VALUES, access(field, callback));
        }
        return method.build();
    }

    private MethodSpec restore(CallbackClass callback, boolean inherits) {
        MethodSpec.Builder method =
                override("restoreState", Runnable.class).addParameter(RondoNames.STATE_READER, "from");
        if (callback.saved().isEmpty())
            return method.addStatement("return base.restoreState(from)").build();
        CodeBlock.Builder place = CodeBlock.builder();
        if (inherits) {
            method.addStatement("$T inherited = base.restoreState(from)", Runnable.class);
            place.addStatement("inherited.run()");
        }
        int number = 0;
        for (SavedField field : callback.saved()) {
            String local = "value" + number++;
            method.addStatement("var $L = $L", local, read(field));
            place.add(place(field, access(field, callback), local));
        }
        return method.addCode("return () -> {\n$>")
                .addCode(place.build())
                .addCode("$<};\n")
                .build();
    }

    private static CodeBlock read(SavedField field) {
        String name = field.name();
        if (field.form() instanceof SavedField.Single s) {
            return CodeBlock.of("from.$L($S, $T.class)", s.primitive() ? "required" : "value", name, s.type());
        }
        if (field.form() instanceof SavedField.ListOf l) {
            return CodeBlock.of("from.list($S, $T.class)", name, l.element().type());
        }
        if (field.form() instanceof SavedField.MapOf m) {
            return CodeBlock.of(
                    "from.map($S, $L, $T.class)",
                    name,
                    key(m.key().type()),
                    m.value().type());
        }
        return CodeBlock.of("from.nested($S)", name);
    }

    /** Converts the text of a key to the key. */
    private static CodeBlock key(TypeMirror type) {
        String name = type.toString();
        if (name.equals(String.class.getName())) return CodeBlock.of("key -> key");
        if (name.equals(Character.class.getName())) return CodeBlock.of("key -> key.charAt(0)");
        return CodeBlock.of("$T::valueOf", type);
    }

    private static CodeBlock place(SavedField field, CodeBlock access, String local) {
        CodeBlock.Builder code = CodeBlock.builder();
        if (field.form() instanceof SavedField.Self) {
            return code.addStatement("if ($1L != null) $2L.loadState($1L)", local, access)
                    .build();
        }
        if (field.ownsTensors()) code.addStatement("$T.release($L)", RondoNames.STATE_READER, access);
        if (field.assigned()) return code.addStatement("$L = $L", access, local).build();
        code.addStatement("$L.clear()", access);
        String add = field.form() instanceof SavedField.ListOf ? "addAll" : "putAll";
        return code.addStatement("$L.$L($L)", access, add, local).build();
    }

    /** A field of the same name may hide that of a superclass. */
    private CodeBlock access(SavedField field, CallbackClass callback) {
        TypeElement owner = field.owner();
        return owner.equals(callback.element())
                ? CodeBlock.of("callback.$L", field.name())
                : CodeBlock.of("(($T) callback).$L", rules.wildcard(owner), field.name());
    }
}
