package dev.rondo.processor.write;

import com.squareup.javapoet.AnnotationSpec;
import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.JavaFile;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.ParameterizedTypeName;
import com.squareup.javapoet.TypeName;
import com.squareup.javapoet.TypeSpec;
import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.RondoNames;
import dev.rondo.processor.model.TypeRules;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;

/**
 * Writes a stub in place of the table of a faulty class. The compilation fails in any case, but sources that refer to the table should cause no
 * further errors.
 */
public final class StubWriter {
    private final TypeRules rules;

    public StubWriter(TypeRules rules) {
        this.rules = rules;
    }

    /** An abstract table, which needs no methods. It lists no handlers, so no index has it. */
    public JavaFile write(CallbackClass callback) {
        ClassName table = callback.table();
        TypeSpec.Builder type = TypeSpec.classBuilder(table)
                .addOriginatingElement(callback.element())
                .addJavadoc("Stands in for the table of a class that has faults.\n")
                .addModifiers(Modifier.PUBLIC, Modifier.ABSTRACT)
                .superclass(ParameterizedTypeName.get(RondoNames.CALLBACK_TABLE, learner(callback)))
                .addAnnotation(AnnotationSpec.builder(RondoNames.HANDLERS_ANNOTATION)
                        .addMember("value", "{}")
                        .build());
        for (String way : new String[] {"of", "bind"}) {
            type.addMethod(MethodSpec.methodBuilder(way)
                    .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                    .addParameter(Object.class, "callback")
                    .returns(table)
                    .addStatement("throw new $T()", IllegalStateException.class)
                    .build());
        }
        return JavaFile.builder(table.packageName(), type.build())
                .indent("    ")
                .build();
    }

    private TypeName learner(CallbackClass callback) {
        TypeElement learner = callback.learner().element();
        boolean fits = rules.isA(learner.asType(), RondoNames.LEARNER)
                && rules.hidden(learner, callback.element()).isEmpty();
        return fits ? ClassName.get(learner) : ClassName.OBJECT;
    }
}
