package dev.rondo.processor.write;

import static dev.rondo.processor.write.TableMethods.override;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.JavaFile;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.NameAllocator;
import com.squareup.javapoet.ParameterizedTypeName;
import com.squareup.javapoet.TypeName;
import com.squareup.javapoet.TypeSpec;
import com.squareup.javapoet.WildcardTypeName;
import dev.rondo.event.CancelException;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.Plan;
import dev.rondo.processor.model.RondoNames;
import dev.rondo.processor.model.TypeRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;

/**
 * Writes the class of a plan: one method for each event, with the calls in their final order. Each call is a static method of a table, so
 * that the JIT compiles it like a loop written by hand.
 */
public final class PlanWriter {
    /**
     * The largest number of calls in a method. HotSpot compiles no method of more than 8000 bytes, and a call takes at most 43. Tables make the
     * calls of an event with more.
     */
    private static final int MAX_CALLS = 180;

    private final TypeRules rules;
    private final Declared declared;
    private final GeneratedMark generatedMark;

    /** @param auxiliary tells the classes whose file is named after another class */
    public PlanWriter(TypeRules rules, GeneratedMark generatedMark, Predicate<TypeElement> auxiliary) {
        this.rules = rules;
        declared = new Declared(rules, auxiliary);
        this.generatedMark = generatedMark;
    }

    /** The timetable as Markdown, for people. */
    public String markdown(Plan plan) {
        return "# " + plan.element().getSimpleName() + "\n\n" + new Timetable(plan).text();
    }

    public JavaFile write(Plan plan) {
        return new Writing(plan).file();
    }

    /** One plan. */
    private final class Writing {
        private final Plan plan;
        private final List<Plan.Call> calls;
        private final ClassName learner;
        private final List<String> fields = new ArrayList<>();

        Writing(Plan plan) {
            this.plan = plan;
            calls = plan.calls();
            learner = declared.learner(plan.learner().orElseThrow());
            NameAllocator names = new NameAllocator();
            // Also the roots of packages: code uses the full name of a class whose simple name is taken, and a field of
            // that name would hide the package.
            Set.of("phase", "learner", "plan", "ready", "at", "thrown", "event", "tables", "dev", "java")
                    .forEach(names::newName);
            for (Plan.Member member : plan.members()) {
                String root = ClassName.get(type(member)).packageName().split("\\.")[0];
                if (!root.isEmpty()) names.newName(root);
            }
            for (Plan.Member member : plan.members()) {
                String name = type(member).getSimpleName().toString();
                fields.add(names.newName(name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1)));
            }
        }

        JavaFile file() {
            ClassName name = plan.generated();
            TypeSpec.Builder type = TypeSpec.classBuilder(name)
                    .addOriginatingElement(plan.element())
                    .addJavadoc(
                            "The callbacks of the plan $L, with this timetable of a run:\n\n<pre>{@code\n$L}</pre>\n",
                            plan.element().getSimpleName(),
                            new Timetable(plan).text())
                    .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                    .addSuperinterface(ParameterizedTypeName.get(RondoNames.CALLBACK_PLAN, learner));
            generatedMark.generated(plan.element(), "CallbackProcessor").ifPresent(type::addAnnotation);
            List<String> warnings = Warnings.of(plan, rules, generatedMark.inModule(plan.element()), declared);
            if (!warnings.isEmpty()) type.addAnnotation(TableWriter.suppress(warnings));
            addConstruction(type);
            type.addMethod(override("contract", int.class)
                    .addStatement("return $L", TableWriter.CONTRACT)
                    .build());
            type.addMethod(override("learnerType", ParameterizedTypeName.get(ClassName.get(Class.class), learner))
                    .addStatement("return $L", declared.classOf(plan.learner().orElseThrow()))
                    .build());
            type.addMethod(tables());
            type.addMethod(order());
            type.addMethod(override("bind", RondoNames.EVENTS)
                    .addParameter(learner, "learner")
                    .addParameter(RondoNames.EVENT_TABLES, "tables")
                    .addStatement("return new $L(this, learner, tables)", runName())
                    .build());
            type.addType(run(name));
            return JavaFile.builder(name.packageName(), type.build())
                    .indent("    ")
                    .build();
        }

        /** The class that makes the calls. It has the callbacks in fields of its own, so that a call costs no more than it must. */
        private TypeSpec run(ClassName plan) {
            TypeSpec.Builder run = TypeSpec.classBuilder(runName())
                    .addJavadoc(
                            "The calls, for one learner. That callbacks are not null is asked before an event begins, so that nothing of"
                                    + " ours between its\nbegin and its end can fail.\n")
                    .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                    .superclass(RondoNames.EVENTS);
            MethodSpec.Builder constructor = MethodSpec.constructorBuilder()
                    .addParameter(plan, "plan")
                    .addParameter(learner, "learner")
                    .addParameter(RondoNames.EVENT_TABLES, "tables")
                    .addStatement("super(tables)")
                    .addStatement("this.learner = learner");
            run.addField(learner, "learner", Modifier.PRIVATE, Modifier.FINAL);
            for (Plan.Member member : this.plan.members()) {
                String field = fields.get(member.number());
                run.addField(callback(member), field, Modifier.PRIVATE, Modifier.FINAL);
                constructor.addStatement("$1L = plan.$1L", field);
            }
            run.addMethod(constructor.build()).addMethod(loop());
            for (Event event : Event.values()) {
                if (!isHandled(event)) continue;
                run.addMethod(isFused(event) ? fire(event) : leave(event));
            }
            return run.build();
        }

        /** What the superclass does, once more: compilers at run time know in a method of its own what each event calls. */
        private MethodSpec loop() {
            return override("loop", void.class)
                    .addParameter(RondoNames.LOOP_BODY, "body")
                    .addException(CancelException.class)
                    .addStatement("int turn = 0")
                    .addStatement("while (body.next(this, turn)) turn++")
                    .build();
        }

        /** No callback's name, nor the learner's: in the unnamed package there would be no other way to name that. */
        private String runName() {
            String name = "Run";
            while (isTaken(name)) name += "_";
            return name;
        }

        private boolean isTaken(String name) {
            return learner.simpleName().equals(name)
                    || plan.members().stream()
                            .anyMatch(member -> type(member).getSimpleName().contentEquals(name));
        }

        private void addConstruction(TypeSpec.Builder type) {
            MethodSpec.Builder constructor = MethodSpec.constructorBuilder()
                    .addJavadoc("The callbacks, in the sequence of their registration.\n")
                    .addModifiers(Modifier.PUBLIC);
            List<CodeBlock> tables = new ArrayList<>();
            for (Plan.Member member : plan.members()) {
                String field = fields.get(member.number());
                type.addField(callback(member), field, Modifier.PRIVATE, Modifier.FINAL);
                constructor.addParameter(callback(member), field).addStatement("this.$1L = $1L", field);
                tables.add(CodeBlock.of("$T.of($L)", table(member).table(), field));
            }
            type.addField(tablesType(), "tables", Modifier.PRIVATE, Modifier.FINAL);
            constructor.addStatement("tables = $T.of($L)", List.class, CodeBlock.join(tables, ", "));
            type.addMethod(constructor.build());
        }

        private MethodSpec tables() {
            return override("tables", tablesType())
                    .addStatement("return tables")
                    .build();
        }

        private TypeName tablesType() {
            TypeName element =
                    ParameterizedTypeName.get(RondoNames.CALLBACK_TABLE, WildcardTypeName.supertypeOf(learner));
            return ParameterizedTypeName.get(ClassName.get(List.class), element);
        }

        private MethodSpec order() {
            CodeBlock.Builder cases = CodeBlock.builder().add("return switch (event) {\n$>");
            for (Event event : Event.values()) {
                List<Plan.Call> at = plan.at(event);
                if (at.isEmpty()) continue;
                CodeBlock numbers = at.stream()
                        .map(call -> CodeBlock.of("$L, $L", call.member().number(), call.number()))
                        .collect(CodeBlock.joining(", "));
                cases.add("case $L -> new int[] {$L};\n", event, numbers);
            }
            cases.add("default -> new int[0];\n$<};\n");
            return override("calls", int[].class)
                    .addParameter(Event.class, "event")
                    .addCode(cases.build())
                    .build();
        }

        /** An event that tables are to fire. */
        private MethodSpec leave(Event event) {
            return event(event)
                    .addStatement("leave($T.$L, phase)", Event.class, event)
                    .build();
        }

        private boolean isHandled(Event event) {
            return !plan.at(event).isEmpty();
        }

        private MethodSpec.Builder event(Event event) {
            return override(method(event), void.class)
                    .addParameter(Phase.class, "phase")
                    .addException(CancelException.class);
        }

        /** Tables end a fit: they switch callbacks on again. */
        private boolean isFused(Event event) {
            int size = plan.at(event).size();
            return event != Event.AFTER_FIT && size > 0 && size <= MAX_CALLS;
        }

        /** Checks that the callbacks exist before the event begins: after a check inside it, the JIT would keep the stores that mark the event. */
        private MethodSpec fire(Event event) {
            List<Plan.Call> at = plan.at(event);
            MethodSpec.Builder method = event(event)
                    .addStatement("int ready = state()")
                    .beginControlFlow("if (!isReady(ready))")
                    .addStatement("leave($T.$L, phase)", Event.class, event)
                    .addStatement("return")
                    .endControlFlow();
            at.stream()
                    .map(Plan.Call::member)
                    .distinct()
                    .forEach(member ->
                            method.addStatement("$T.requireNonNull($L)", Objects.class, fields.get(member.number())));
            method.addStatement("begin($T.$L)", Event.class, event)
                    .addStatement("int at = 0")
                    .beginControlFlow(at.size() > 1 ? "calls: try" : "try");
            for (int i = 0; i < at.size(); i++) {
                addCall(method, at.get(i));
                method.addStatement("at = $L", i + 1);
                if (i + 1 < at.size()) method.addStatement("if (hasChanged($T.$L)) break calls", Event.class, event);
            }
            return method.nextControlFlow("catch ($T thrown)", Throwable.class)
                    .addStatement("throw fail($T.$L, at, thrown)", Event.class, event)
                    .endControlFlow()
                    .addStatement("end($T.$L, phase, at, ready)", Event.class, event)
                    .build();
        }

        private void addCall(MethodSpec.Builder method, Plan.Call call) {
            String handler = call.slot().handler().name();
            method.addComment("$L.$L, order $L", call.callbackName(), handler, call.orderText());
            List<Phase> runs = call.callback().runs();
            boolean filtered = call.slot().handled().insideBatch() && runs.size() < Phase.values().length;
            if (filtered && runs.isEmpty()) return;
            if (filtered) method.beginControlFlow("if (phase == $T.$L)", Phase.class, runs.get(0));
            method.addStatement(
                    "$T.$L($L, learner)",
                    table(call.member()).table(),
                    RondoNames.handler(call.number()),
                    fields.get(call.member().number()));
            if (filtered) method.endControlFlow();
        }

        private TypeName callback(Plan.Member member) {
            return declared.callback(type(member));
        }

        private TypeElement type(Plan.Member member) {
            return rules.element(member.type());
        }

        private CallbackClass table(Plan.Member member) {
            return member.callback().orElseThrow();
        }
    }

    /** {@code BEFORE_BATCH} is beforeBatch. */
    private static String method(Event event) {
        StringBuilder name = new StringBuilder();
        for (String word : event.lowerCaseName().split("_")) {
            name.append(name.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return name.toString();
    }
}
