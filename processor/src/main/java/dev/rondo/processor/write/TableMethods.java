package dev.rondo.processor.write;

import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.TypeName;
import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.Slot;
import java.util.function.Function;
import javax.lang.model.element.Modifier;

/** Builds the methods of a table. */
final class TableMethods {
    private TableMethods() {}

    /** A method that returns a fact of each handler by its number. It delegates handlers of the base class to the table of the base class. */
    static MethodSpec byHandler(String name, TypeName result, CallbackClass callback, Function<Slot, CodeBlock> own) {
        SwitchCode cases = new SwitchCode();
        for (int i = 0; i < callback.slots().size(); i++) {
            Slot slot = callback.slots().get(i);
            cases.add(i, slot.delegated() ? CodeBlock.of("base.$L(handler)", name) : own.apply(slot));
        }
        return override(name, result)
                .addParameter(int.class, "handler")
                .addCode(cases.returned())
                .build();
    }

    static MethodSpec.Builder override(String name, Class<?> result) {
        return override(name, TypeName.get(result));
    }

    static MethodSpec.Builder override(String name, TypeName result) {
        return MethodSpec.methodBuilder(name)
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(result);
    }
}
