package dev.rondo.processor.write;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.TypeName;
import dev.rondo.processor.model.RondoNames;
import dev.rondo.processor.model.TypeRules;
import java.util.Locale;
import java.util.function.Predicate;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;

/**
 * The types in declarations: of fields, parameters and results. javac warns of a name from outside of its file where a class is auxiliary,
 * which means that its file is named after another class. It heeds {@code @SuppressWarnings} in bodies only. So a declaration has a
 * supertype in place of such a class, and the body casts.
 */
final class Declared {
    private final TypeRules rules;
    private final Predicate<TypeElement> auxiliary;

    /** @param auxiliary tells whether a class, or the class around it, is auxiliary */
    Declared(TypeRules rules, Predicate<TypeElement> auxiliary) {
        this.rules = rules;
        this.auxiliary = auxiliary;
    }

    boolean isAuxiliary(TypeElement type) {
        return auxiliary.test(type);
    }

    boolean isAuxiliary(TypeMirror type) {
        return type instanceof DeclaredType declared && isAuxiliary((TypeElement) declared.asElement());
    }

    /** A callback. */
    TypeName callback(TypeElement type) {
        return isAuxiliary(type) ? ClassName.OBJECT : actual(type);
    }

    /** A learner: its nearest class that can be named. */
    ClassName learner(TypeElement type) {
        TypeElement named = type;
        while (isAuxiliary(named)) named = rules.superclass(named).orElseThrow();
        return rules.isA(named.asType(), RondoNames.LEARNER) ? ClassName.get(named) : ClassName.get(type);
    }

    /** The class object of a learner, as that of the class that declarations name. */
    CodeBlock classOf(TypeElement learner) {
        TypeName declared = learner(learner), actual = ClassName.get(learner);
        return declared.equals(actual)
                ? CodeBlock.of("$T.class", actual)
                : CodeBlock.of("($1T<$2T>) ($1T<?>) $3T.class", Class.class, declared, actual);
    }

    /** Adds a parameter, and what makes a variable of the class itself of it. */
    void addCallback(MethodSpec.Builder method, TypeElement type) {
        add(method, "callback", callback(type), actual(type));
    }

    void addLearner(MethodSpec.Builder method, TypeElement type) {
        add(method, "learner", learner(type), ClassName.get(type));
    }

    private static void add(MethodSpec.Builder method, String name, TypeName declared, TypeName actual) {
        if (declared.equals(actual)) {
            method.addParameter(actual, name);
        } else {
            String given = "given" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
            method.addParameter(declared, given).addStatement("$1T $2L = ($1T) $3L", actual, name, given);
        }
    }

    /** Makes a variable of the class itself of the field. */
    void addCallbackOfField(MethodSpec.Builder method, TypeElement type) {
        if (isAuxiliary(type)) method.addStatement("$1T callback = ($1T) this.callback", actual(type));
    }

    private TypeName actual(TypeElement type) {
        return TypeName.get(rules.wildcard(type));
    }
}
