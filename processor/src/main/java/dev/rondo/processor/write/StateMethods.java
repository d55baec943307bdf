package dev.rondo.processor.write;

import static dev.rondo.processor.write.TableMethods.override;

import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.ParameterizedTypeName;
import com.squareup.javapoet.TypeName;
import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.RondoNames;
import dev.rondo.processor.model.SavedField;
import dev.rondo.processor.model.StateForm;
import dev.rondo.processor.model.TypeRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.TypeElement;

/**
 * Saves and restores the state of a callback. All values are read before the first is assigned, so that a state that does not fit changes
 * nothing. The table of a base class handles the fields of the base class.
 */
final class StateMethods {
    private static final TypeName STATE = ParameterizedTypeName.get(Map.class, String.class, Object.class);

    private final TypeRules rules;
    private final Declared declared;

    StateMethods(TypeRules rules, Declared declared) {
        this.rules = rules;
        this.declared = declared;
    }

    List<MethodSpec> of(CallbackClass callback) {
        boolean inherits = callback.base().isPresent();
        List<MethodSpec> methods =
                new ArrayList<>(UnsavedFieldsMethod.of(callback).stream().toList());
        if (callback.saved().isEmpty() && !inherits) return methods;
        methods.addAll(List.of(version(callback, inherits), save(callback, inherits), restore(callback, inherits)));
        methods.addAll(new StateTypes(callback, declared).methods());
        return methods;
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
        if (!callback.saved().isEmpty()) declared.addCallbackOfField(method, callback.element());
        StateTypes types = new StateTypes(callback, declared);
        for (int i = 0; i < callback.saved().size(); i++) {
            SavedField field = callback.saved().get(i);
            method.addStatement("to.put($S, $L)", field.name(), saved(types, field, i, access(field, callback)));
        }
        return method.build();
    }

    /** The saved form of what is in a field. */
    private static CodeBlock saved(StateTypes types, SavedField field, int number, CodeBlock access) {
        return field.form() instanceof StateForm.Self
                ? CodeBlock.of("$T.of($L)", RondoNames.STATE_VALUES, access)
                : CodeBlock.of("$L.save($L)", types.of(field, number), access);
    }

    private MethodSpec restore(CallbackClass callback, boolean inherits) {
        MethodSpec.Builder method =
                override("restoreState", Runnable.class).addParameter(RondoNames.STATE_READER, "from");
        if (callback.saved().isEmpty())
            return method.addStatement("return base.restoreState(from)").build();
        declared.addCallbackOfField(method, callback.element());
        StateTypes types = new StateTypes(callback, declared);
        CodeBlock.Builder place = CodeBlock.builder();
        if (inherits) {
            method.addStatement("$T inherited = base.restoreState(from)", Runnable.class);
            place.addStatement("inherited.run()");
        }
        for (int i = 0; i < callback.saved().size(); i++) {
            SavedField field = callback.saved().get(i);
            String local = "value" + i;
            if (field.inPlace() && !(field.form() instanceof StateForm.Self)) {
                method.addStatement("from.checkInPlace($S, $L)", field.name(), access(field, callback));
            }
            method.addStatement("var $L = $L", local, read(types, field, i));
            place.add(place(types, callback, field, i, local));
        }
        return method.addCode("return () -> {\n$>")
                .addCode(place.build())
                .addCode("$<};\n")
                .build();
    }

    private static CodeBlock read(StateTypes types, SavedField field, int number) {
        if (field.form() instanceof StateForm.Self) return CodeBlock.of("from.nested($S)", field.name());
        String required = field.inPlace() ? ".required()" : "";
        return CodeBlock.of("from.read($S, $L$L)", field.name(), types.of(field, number), required);
    }

    private CodeBlock place(StateTypes types, CallbackClass callback, SavedField field, int number, String local) {
        CodeBlock access = access(field, callback);
        CodeBlock.Builder code = CodeBlock.builder();
        if (field.form() instanceof StateForm.Self) {
            return code.addStatement("if ($1L != null) $2L.loadState($1L)", local, access)
                    .build();
        }
        if (callback.state().ownsTensors(field)) {
            code.addStatement("$T.release($L)", RondoNames.STATE_READER, saved(types, field, number, access));
        }
        if (!field.inPlace()) return code.addStatement("$L = $L", access, local).build();
        code.addStatement("$L.clear()", access);
        String add = field.form() instanceof StateForm.MapOf ? "putAll" : "addAll";
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
