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
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;

/**
 * Writes the class of a plan: one method for each event with the calls in their final order, each to a table of a known class, so that
 * compilers at run time make of it what they make of a loop written by hand.
 */
public final class PlanWriter {
    /** So many calls a method may have: HotSpot compiles none of more than 8000 bytes. An event with more is left to the tables. */
    private static final int MAX_CALLS = 200;

    private final TypeRules rules;
    private final Marks marks;

    public PlanWriter(TypeRules rules, Marks marks) {
        this.rules = rules;
        this.marks = marks;
    }

    /** The timetable as Markdown, for people. */
    public String markdown(Plan plan) {
        return "# " + plan.element().getSimpleName() + "\n\n" + new Timetable(plan.calls(rules)).text();
    }

    public JavaFile write(Plan plan) {
        return new Writing(plan).file();
    }

    /** One plan. */
    private final class Writing {
        private final Plan plan;
        private final List<Plan.Call> calls;
        private final TypeName learner;
        private final List<String> fields = new ArrayList<>();

        Writing(Plan plan) {
            this.plan = plan;
            calls = plan.calls(rules);
            learner = ClassName.get(plan.learner(rules).orElseThrow());
            NameAllocator names = new NameAllocator();
            Set.of("phase", "learner", "run", "seen", "at", "e", "event").forEach(names::newName);
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
                            new Timetable(calls).text())
                    .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                    .addSuperinterface(ParameterizedTypeName.get(RondoNames.CALLBACK_PLAN, learner));
            marks.generated(plan.element(), "CallbackProcessor").ifPresent(type::addAnnotation);
            List<String> warnings = Warnings.of(plan, rules, marks.inModule(plan.element()));
            if (!warnings.isEmpty()) type.addAnnotation(TableWriter.suppress(warnings));
            addConstruction(type);
            type.addMethod(override("contract", int.class)
                    .addStatement("return $L", TableWriter.CONTRACT)
                    .build());
            type.addMethod(override("learnerType", ParameterizedTypeName.get(ClassName.get(Class.class), learner))
                    .addStatement("return $T.class", learner)
                    .build());
            type.addMethod(tables());
            type.addMethod(order());
            type.addMethod(fire());
            for (Event event : Event.values()) if (isFused(event)) type.addMethod(fire(event));
            return JavaFile.builder(name.packageName(), type.build())
                    .indent("    ")
                    .build();
        }

        private void addConstruction(TypeSpec.Builder type) {
            MethodSpec.Builder constructor = MethodSpec.constructorBuilder()
                    .addJavadoc("The callbacks, in the sequence of their registration.\n")
                    .addModifiers(Modifier.PUBLIC);
            for (Plan.Member member : plan.members()) {
                String field = fields.get(member.number());
                ClassName table = table(member).table();
                type.addField(table, field, Modifier.PRIVATE, Modifier.FINAL);
                constructor.addParameter(TypeName.get(rules.wildcard(type(member))), field);
                constructor.addStatement("this.$1L = $2T.of($1L)", field, table);
            }
            type.addMethod(constructor.build());
        }

        private MethodSpec tables() {
            TypeName element =
                    ParameterizedTypeName.get(RondoNames.CALLBACK_TABLE, WildcardTypeName.supertypeOf(learner));
            return override("tables", ParameterizedTypeName.get(ClassName.get(List.class), element))
                    .addStatement("return $T.of($L)", List.class, String.join(", ", fields))
                    .build();
        }

        private MethodSpec order() {
            CodeBlock.Builder cases = CodeBlock.builder().add("return switch (event) {\n$>");
            for (Event event : Event.values()) {
                List<Plan.Call> at = Plan.at(event, calls);
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

        private MethodSpec fire() {
            CodeBlock.Builder cases = CodeBlock.builder().add("return switch (event) {\n$>");
            for (Event event : Event.values()) {
                if (isFused(event)) cases.add("case $L -> $L(phase, learner, run);\n", event, method(event));
                else if (!Plan.at(event, calls).isEmpty()) cases.add("case $L -> 0;\n", event);
            }
            cases.add("default -> $T.ALL;\n$<};\n", RondoNames.PLAN_RUN);
            return parameters(override("fire", int.class).addParameter(Event.class, "event"))
                    .addCode(cases.build())
                    .build();
        }

        /** Tables end a fit: they switch callbacks on again. */
        private boolean isFused(Event event) {
            int size = Plan.at(event, calls).size();
            return event != Event.AFTER_FIT && size > 0 && size <= MAX_CALLS;
        }

        private MethodSpec fire(Event event) {
            MethodSpec.Builder method = parameters(MethodSpec.methodBuilder(method(event))
                    .addModifiers(Modifier.PRIVATE)
                    .returns(int.class));
            List<Plan.Call> at = Plan.at(event, calls);
            if (at.size() > 1) method.addStatement("int seen = run.changes()");
            method.addStatement("int at = 0").beginControlFlow("try");
            for (int i = 0; i < at.size(); i++) {
                Plan.Call call = at.get(i);
                if (i > 0) method.addStatement("at = $L", i);
                method.addComment(
                        "$L.$L, order $L",
                        call.callbackName(),
                        call.slot().handler().name(),
                        Timetable.order(call.order()));
                addCall(
                        method,
                        call,
                        i + 1 == at.size() ? CodeBlock.of("$T.ALL", RondoNames.PLAN_RUN) : CodeBlock.of("$L", i + 1));
            }
            method.nextControlFlow("catch ($T e)", Exception.class);
            method.addStatement("throw run.failure($T.$L, at, e)", Event.class, event);
            method.endControlFlow();
            return method.addStatement("return $T.ALL", RondoNames.PLAN_RUN).build();
        }

        /** A change behind the last call leaves nothing to ask. */
        private void addCall(MethodSpec.Builder method, Plan.Call call, CodeBlock done) {
            List<Phase> runs = call.callback().runs();
            boolean filtered = call.slot().occasion().insideBatch() && runs.size() < Phase.values().length;
            if (filtered && runs.isEmpty()) return;
            boolean last = done.toString().endsWith("ALL");
            if (filtered) method.beginControlFlow("if (phase == $T.$L)", Phase.class, runs.get(0));
            method.addStatement(
                    "$L.$L(learner)", fields.get(call.member().number()), RondoNames.handler(call.number()));
            if (!last) method.addStatement("if (run.changes() != seen) return $L", done);
            if (filtered) method.endControlFlow();
        }

        private MethodSpec.Builder parameters(MethodSpec.Builder method) {
            return method.addParameter(Phase.class, "phase")
                    .addParameter(learner, "learner")
                    .addParameter(RondoNames.PLAN_RUN, "run")
                    .addException(CancelException.class);
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
