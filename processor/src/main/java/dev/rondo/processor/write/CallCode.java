package dev.rondo.processor.write;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import dev.rondo.processor.model.Attribute;
import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.Handler;
import dev.rondo.processor.model.Parameter;
import dev.rondo.processor.model.TypeRules;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.type.TypeMirror;

/** The call of one handler: its arguments read from the learner, its result written to it. */
final class CallCode {
    private final TypeRules rules;

    CallCode(TypeRules rules) {
        this.rules = rules;
    }

    CodeBlock call(CallbackClass callback, Handler handler) {
        boolean exact = rules.isOverloaded(callback.element(), handler.method());
        List<CodeBlock> arguments = new ArrayList<>();
        for (Parameter parameter : handler.parameters()) arguments.add(argument(parameter, callback, exact));
        CodeBlock call = CodeBlock.of("callback.$L($L)", handler.name(), CodeBlock.join(arguments, ", "));
        return handler.returnsValue() ? CodeBlock.of("learner.$L($L)", setter(handler), call) : call;
    }

    /** With overloads, an argument states the type of its parameter: the call must reach this handler and no other. */
    private CodeBlock argument(Parameter parameter, CallbackClass callback, boolean exact) {
        TypeMirror type = parameter.element().asType();
        TypeMirror given = type;
        CodeBlock value;
        if (parameter instanceof Parameter.OfAttribute p) {
            value = CodeBlock.of("learner.$L()", p.attribute().name());
            given = p.attribute().type();
        } else if (parameter instanceof Parameter.OfHandle) {
            value = CodeBlock.of("learner.handle(callback)");
        } else if (parameter instanceof Parameter.OfRunKind) {
            value = CodeBlock.of("learner.runKind()");
        } else if (parameter instanceof Parameter.OfCallback p) {
            value = CodeBlock.of("learner.required($T.class)", ClassName.get(p.type()));
        } else {
            value = CodeBlock.of("learner");
            given = callback.learner().element().asType();
        }
        return exact && !rules.same(type, given) ? CodeBlock.of("($T) $L", type, value) : value;
    }

    private static String setter(Handler handler) {
        Attribute attribute =
                handler.writes().orElseThrow().names().get(0).attribute().orElseThrow();
        return attribute.setter().orElseThrow().method().getSimpleName().toString();
    }
}
