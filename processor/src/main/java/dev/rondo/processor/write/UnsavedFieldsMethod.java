package dev.rondo.processor.write;

import static dev.rondo.processor.write.TableMethods.override;

import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.ParameterizedTypeName;
import dev.rondo.processor.model.CallbackClass;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The names of the fields that may change and are not saved, so that the runtime can say them when it makes checkpoints. */
final class UnsavedFieldsMethod {
    private UnsavedFieldsMethod() {}

    static Optional<MethodSpec> of(CallbackClass callback) {
        CodeBlock own = callback.state().unsaved().stream()
                .map(name -> CodeBlock.of("$S", name))
                .collect(CodeBlock.joining(", "));
        boolean inherits = callback.base().isPresent();
        if (own.isEmpty() && !inherits) return Optional.empty();
        CodeBlock all = CodeBlock.of("$T.of($L)", List.class, own);
        if (inherits && own.isEmpty()) all = CodeBlock.of("base.unsavedFields()");
        else if (inherits) {
            all = CodeBlock.of("$1T.concat(base.unsavedFields().stream(), $1T.of($2L)).toList()", Stream.class, own);
        }
        return Optional.of(override("unsavedFields", ParameterizedTypeName.get(List.class, String.class))
                .addStatement("return $L", all)
                .build());
    }
}
