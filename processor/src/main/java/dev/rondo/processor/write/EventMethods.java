package dev.rondo.processor.write;

import static dev.rondo.processor.write.TableMethods.byHandler;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.ParameterizedTypeName;
import com.squareup.javapoet.WildcardTypeName;
import dev.rondo.event.Event;
import dev.rondo.event.Scope;
import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.HandledEvent;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;

/** The methods {@code event} and, if a handler handles a custom event, {@code customEvent} and {@code within}. */
final class EventMethods {
    private EventMethods() {}

    static List<MethodSpec> of(CallbackClass callback) {
        List<MethodSpec> methods = new ArrayList<>();
        CodeBlock none = CodeBlock.of("null");
        methods.add(byHandler(
                "event",
                ClassName.get(Event.class),
                callback,
                s -> s.handled() instanceof HandledEvent.BuiltIn b
                        ? CodeBlock.of("$T.$L", Event.class, b.event())
                        : none));
        if (callback.slots().stream().noneMatch(s -> s.handled() instanceof HandledEvent.Custom)) return methods;
        methods.add(byHandler(
                "customEvent",
                ParameterizedTypeName.get(ClassName.get(Class.class), WildcardTypeName.subtypeOf(Annotation.class)),
                callback,
                s -> s.handled() instanceof HandledEvent.Custom o
                        ? CodeBlock.of("$T.class", ClassName.get(o.annotation()))
                        : none));
        methods.add(byHandler(
                "within",
                ClassName.get(Scope.class),
                callback,
                s -> s.handled() instanceof HandledEvent.Custom o
                        ? CodeBlock.of("$T.$L", Scope.class, o.within())
                        : none));
        return methods;
    }
}
