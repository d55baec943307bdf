package dev.rondo.processor.write;

import static dev.rondo.processor.write.TableMethods.override;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.ParameterizedTypeName;
import com.squareup.javapoet.TypeName;
import com.squareup.javapoet.WildcardTypeName;
import dev.rondo.processor.model.CallbackClass;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The callbacks that a table requires. The requirements of the base class are left to its table, which may be of another artifact and refer to
 * classes that are not visible here.
 */
final class RequiresMethod {
    private RequiresMethod() {}

    static Optional<MethodSpec> of(CallbackClass callback) {
        List<CodeBlock> own = callback.requires().stream()
                .map(type -> CodeBlock.of("$T.class", ClassName.get(type)))
                .toList();
        boolean inherits = callback.base().isPresent();
        if (own.isEmpty() && !inherits) return Optional.empty();
        CodeBlock classes = CodeBlock.join(own, ", ");
        TypeName type = ParameterizedTypeName.get(ClassName.get(Class.class), WildcardTypeName.subtypeOf(Object.class));
        CodeBlock all = CodeBlock.of("$T.of($L)", List.class, classes);
        if (inherits && own.isEmpty()) all = CodeBlock.of("base.requires()");
        else if (inherits) {
            all = CodeBlock.of(
                    "$1T.<$2T>concat(base.requires().stream(), $1T.of($3L)).distinct().toList()",
                    Stream.class,
                    type,
                    classes);
        }
        return Optional.of(override("requires", ParameterizedTypeName.get(ClassName.get(List.class), type))
                .addStatement("return $L", all)
                .build());
    }
}
