package dev.rondo.processor.write;

import static dev.rondo.processor.write.TableMethods.byHandler;
import static dev.rondo.processor.write.TableMethods.override;

import com.squareup.javapoet.AnnotationSpec;
import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.JavaFile;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.ParameterizedTypeName;
import com.squareup.javapoet.TypeName;
import com.squareup.javapoet.TypeSpec;
import com.squareup.javapoet.WildcardTypeName;
import dev.rondo.event.CancelException;
import dev.rondo.event.Phase;
import dev.rondo.event.RunKind;
import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.RondoNames;
import dev.rondo.processor.model.Slot;
import dev.rondo.processor.model.TypeRules;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;

/** Writes the table of a class: one {@code switch} on the number of the handler for its event, its order and its call. */
public final class TableWriter {
    /** The version of the contract, {@code CallbackTable.VERSION}, that the written code keeps. */
    static final int CONTRACT = 3;

    private final TypeRules rules;
    private final Declared declared;
    private final CallCode calls;
    private final TableFacts facts;
    private final StateMethods state;
    private final GeneratedMark generatedMark;

    /** @param auxiliary tells the classes whose file is named after another class */
    public TableWriter(TypeRules rules, GeneratedMark generatedMark, Predicate<TypeElement> auxiliary) {
        this.rules = rules;
        this.generatedMark = generatedMark;
        declared = new Declared(rules, auxiliary);
        calls = new CallCode(rules);
        facts = new TableFacts(rules, declared);
        state = new StateMethods(rules, declared);
    }

    public JavaFile write(CallbackClass callback) {
        ClassName table = callback.table();
        TypeName learner = declared.learner(callback.learner().element());
        TypeSpec.Builder type = TypeSpec.classBuilder(table)
                .addOriginatingElement(callback.element())
                .addJavadoc(facts.javadoc(callback))
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .superclass(ParameterizedTypeName.get(RondoNames.CALLBACK_TABLE, learner))
                .addAnnotation(facts.annotation(callback, generatedMark.declaredModule(callback.element())));
        generatedMark.generated(callback.element(), "CallbackProcessor").ifPresent(type::addAnnotation);
        List<String> warnings = Warnings.of(callback, generatedMark.inModule(callback.element()), declared);
        if (!warnings.isEmpty()) type.addAnnotation(suppress(warnings));

        addConstruction(type, callback);
        type.addMethod(override("contract", int.class)
                .addStatement("return $L", CONTRACT)
                .build());
        type.addMethod(override("learnerType", ParameterizedTypeName.get(ClassName.get(Class.class), learner))
                .addStatement("return $L", declared.classOf(callback.learner().element()))
                .build());
        type.addMethod(override("callback", Object.class)
                .addStatement("return callback")
                .build());
        type.addMethod(override("size", int.class)
                .addStatement("return $L", callback.slots().size())
                .build());
        EventMethods.of(callback).forEach(type::addMethod);
        type.addMethod(byHandler("order", TypeName.DOUBLE, callback, s -> number(s.order())));
        type.addMethod(order(callback));
        type.addMethod(runsIn(callback));
        runsInKind(callback).ifPresent(type::addMethod);
        nested(callback).ifPresent(type::addMethod);
        RequiresMethod.of(callback).ifPresent(type::addMethod);
        type.addMethod(call(callback, learner));
        for (int i = 0; i < callback.slots().size(); i++) type.addMethod(handler(i, callback));
        state.of(callback).forEach(type::addMethod);
        return JavaFile.builder(table.packageName(), type.build())
                .indent("    ")
                .build();
    }

    /** Fields, constructor, and the two ways to a table: {@code of} for people, {@code bind} for the index. */
    private void addConstruction(TypeSpec.Builder type, CallbackClass callback) {
        TypeName callbackType = declared.callback(callback.element());
        MethodSpec.Builder constructor = MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE);
        declared.addCallback(constructor, callback.element());
        constructor.addStatement("this.callback = $T.requireNonNull(callback)", Objects.class);
        type.addField(callbackType, "callback", Modifier.PRIVATE, Modifier.FINAL);
        callback.base().map(CallbackClass.Base::callback).ifPresent(base -> {
            type.addField(base.table(), "base", Modifier.PRIVATE, Modifier.FINAL);
            constructor.addStatement("base = $T.of(callback)", base.table());
            constructor.beginControlFlow("if (base.size() != $L)", base.slots().size());
            constructor.addStatement(
                    "throw new $T($S)",
                    IllegalStateException.class,
                    "The handlers of " + base.name() + " have changed since " + callback.name()
                            + " was compiled. Compile " + callback.name() + " again.");
            constructor.endControlFlow();
        });
        type.addMethod(constructor.build());
        type.addMethod(MethodSpec.methodBuilder("of")
                .addJavadoc("The table of a callback.\n")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .addParameter(callbackType, "callback")
                .returns(callback.table())
                .addStatement("return new $T(callback)", callback.table())
                .build());
        type.addMethod(MethodSpec.methodBuilder("bind")
                .addJavadoc("The same, for where the class cannot be named.\n")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .addParameter(Object.class, "callback")
                .returns(ParameterizedTypeName.get(RondoNames.CALLBACK_TABLE, WildcardTypeName.subtypeOf(Object.class)))
                .addStatement("return of(($T) callback)", TypeName.get(rules.wildcard(callback.element())))
                .build());
    }

    private MethodSpec order(CallbackClass callback) {
        CodeBlock order = callback.options()
                .map(options -> number(options.order()))
                .orElse(callback.base().isPresent() ? CodeBlock.of("base.order()") : number(0));
        return override("order", double.class).addStatement("return $L", order).build();
    }

    /** Empty if the callback takes part in runs of all kinds. */
    private Optional<MethodSpec> runsInKind(CallbackClass callback) {
        CodeBlock test = callback.kinds().stream()
                .map(kind -> CodeBlock.of("kind == $T.$L", RunKind.class, kind))
                .collect(CodeBlock.joining(" || "));
        if (callback.inheritsOptions()) test = CodeBlock.of("base.runsIn(kind)");
        else if (callback.kinds().isEmpty()) test = CodeBlock.of("false");
        else if (callback.kinds().containsAll(List.of(RunKind.values()))) return Optional.empty();
        return Optional.of(override("runsIn", boolean.class)
                .addParameter(RunKind.class, "kind")
                .addStatement("return $L", test)
                .build());
    }

    /** Empty if the callback takes part in nested runs. */
    private Optional<MethodSpec> nested(CallbackClass callback) {
        if (!callback.inheritsOptions() && callback.nested()) return Optional.empty();
        String answer = callback.inheritsOptions() ? "base.nested()" : "false";
        return Optional.of(override("nested", boolean.class)
                .addStatement("return $L", answer)
                .build());
    }

    private MethodSpec runsIn(CallbackClass callback) {
        List<Phase> runs = callback.runs();
        CodeBlock test = CodeBlock.of("false");
        if (callback.inheritsOptions()) {
            test = CodeBlock.of("base.runsIn(phase)");
        } else if (runs.containsAll(List.of(Phase.values()))) {
            test = CodeBlock.of("true");
        } else if (!runs.isEmpty()) {
            test = CodeBlock.of("phase == $T.$L", Phase.class, runs.get(0));
        }
        return override("runsIn", boolean.class)
                .addParameter(Phase.class, "phase")
                .addStatement("return $L", test)
                .build();
    }

    private MethodSpec call(CallbackClass callback, TypeName learner) {
        SwitchCode cases = new SwitchCode();
        for (int i = 0; i < callback.slots().size(); i++) {
            cases.add(i, CodeBlock.of("$L(callback, ($T) learner)", RondoNames.handler(i), learner));
        }
        return override("call", void.class)
                .addParameter(int.class, "handler")
                .addParameter(Object.class, "learner")
                .addException(CancelException.class)
                .addCode(cases.executed())
                .build();
    }

    /** The call of one handler: a small static method, which a plan calls with what it holds, without the table and its numbers. */
    private MethodSpec handler(int number, CallbackClass callback) {
        Slot slot = callback.slots().get(number);
        MethodSpec.Builder method = MethodSpec.methodBuilder(RondoNames.handler(number))
                .addJavadoc("$L at $L.\n", slot.handler().name(), slot.handled().name())
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .addException(CancelException.class);
        declared.addCallback(method, callback.element());
        declared.addLearner(method, callback.learner().element());
        return method.addStatement(
                        slot.delegated()
                                ? CodeBlock.of("$T.$L(callback, learner)", base(callback), RondoNames.handler(number))
                                : calls.call(callback, slot.handler()))
                .build();
    }

    private static ClassName base(CallbackClass callback) {
        return callback.base().orElseThrow().callback().table();
    }

    static AnnotationSpec suppress(List<String> warnings) {
        AnnotationSpec.Builder annotation = AnnotationSpec.builder(SuppressWarnings.class);
        warnings.forEach(warning -> annotation.addMember("value", "$S", warning));
        return annotation.build();
    }

    /** A number as source; not all doubles are literals. */
    static CodeBlock number(double number) {
        if (Double.isNaN(number)) return CodeBlock.of("$T.NaN", Double.class);
        if (Double.isInfinite(number)) {
            return CodeBlock.of("$T.$L", Double.class, number > 0 ? "POSITIVE_INFINITY" : "NEGATIVE_INFINITY");
        }
        return CodeBlock.of("$L", number);
    }
}
