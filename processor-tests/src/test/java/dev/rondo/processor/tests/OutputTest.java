package dev.rondo.processor.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.testing.compile.Compilation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Generated code compiles without a warning, whatever the callback is; and is the same whatever the order of the inputs. */
class OutputTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "record Foo(int size) { @On(Event.AFTER_FIT) void h() {} }",
                "enum Foo { ONE, TWO { @Override void h() {} }; @On(Event.AFTER_FIT) void h() {} }",
                "public class Foo { protected static class Bar { @On(Event.AFTER_FIT) protected void h() {} } }",
                "interface Foo { class Bar { @On(Event.AFTER_FIT) void h() {} } }",
                "class Foo<T extends Comparable<T>> { @On(Event.AFTER_LOSS) void h(Tensor loss, List<? extends Tensor> xb) {} }",
                "@Deprecated class Foo { @On(Event.AFTER_FIT) void h() {} }",
                "@Deprecated(forRemoval = true) class Foo { @On(Event.AFTER_FIT) void h() {} }",
                "class Foo { @Deprecated @On(Event.AFTER_FIT) void h() {} }",
                "class Foo { @On(Event.AFTER_LOSS) void h(long trainIter, Integer epoch, double iter, Object loss) {} }",
                "class Foo { @On(Event.AFTER_LOSS) void h(int iter) {} @On(Event.AFTER_LOSS) void h(long iter) {} }",
                "class Foo { @On(Event.AFTER_LOSS) void h(LearnerAttributes any) throws CancelFitException {} }",
                "@Callback(runs = Phase.VALID, order = 1e300) class Foo { @On(Event.AFTER_FIT) void h() {} }",
                "class Foo { class Event {} class Learner {} @On(dev.rondo.event.Event.AFTER_FIT) void h() {} }",
                "class Learner { @On(Event.AFTER_FIT) void h(dev.rondo.Learner l) {} }",
                "class Event { @On(dev.rondo.event.Event.AFTER_FIT) void h() {} }",
                "class Foo { @On(Event.AFTER_FIT) void wait_(Learner l) {} @On(Event.AFTER_EPOCH) void $a_() {} }",
            })
    void compilesWithoutAWarning(String body) {
        Compiling.clean(Compiling.compile(Sources.of(body)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class Bar { @On(Event.AFTER_FIT) void h(Bar2 b) {} } class Bar2 { @On(Event.AFTER_FIT) void h() {} }",
                "class Bar<T> { @On(Event.AFTER_FIT) void h() {} } class Baz extends Bar<String> { @On(Event.AFTER_FIT) void h() {} }",
                "class Bar { @Checkpointed R r; @On(Event.AFTER_FIT) void h() {} } record R(E e, R[] all) {} enum E { A }",
                "class Bar { @Own void h() {} } @EventType @interface Own { int order() default 0; }",
                "class Bar { @On(Event.AFTER_FIT) void h() {} } @TrainingPlan({Foo.class, Bar.class}) interface P {}",
                "@Callback(learner = L.class) class Bar { @On(Event.AFTER_FIT) void h(int mine) {} }"
                        + " abstract class L extends Learner { L() { super(null); } @Attribute public abstract int mine(); }"
                        + " @TrainingPlan(Bar.class) interface P {}",
            })
    void classesThatShareAFileDrawNoWarning(String others) {
        Compiling.clean(Compiling.compile(Sources.of("class Foo { @On(Event.AFTER_FIT) void h() {} } " + others)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class Foo { @interface Own { int order() default 0; } @EventType @interface Bar { int order() default 0; }"
                        + " @Bar @Own @On(Event.AFTER_FIT) void h() {} }",
                "class Foo { @EventType @Deprecated @interface Bar { int order() default 0; } @SuppressWarnings(\"deprecation\") @Bar void h() {} }",
                "class Foo { @On(Event.AFTER_FIT) void h(CallbackHandle handle, RunKind kind, Bar b) {}"
                        + " static class Bar { @On(Event.AFTER_FIT) void h() {} } }",
                "class Foo { @On(Event.AFTER_FIT) void h(Bar<String> b) {} @On(Event.AFTER_FIT) void h(RunKind kind) {}"
                        + " static class Bar<T> { @On(Event.AFTER_FIT) void h() {} } }",
                "class Foo { @On(Event.AFTER_FIT) void h(Bar b) {} static class Base { @On(Event.AFTER_FIT) void h() {} }"
                        + " @Deprecated static class Bar extends Base {} }",
            })
    void compilesWithoutAWarningWhateverItAsksFor(String body) {
        Compiling.clean(Compiling.compile(Sources.of("@SuppressWarnings(\"deprecation\") " + body)));
    }

    @Test
    void javacFindsAllAnnotationsOfOursClaimed() {
        Compiling.clean(Compiling.compile(
                Sources.of(
                        "@Callback class Foo { @On(Event.AFTER_LOSS) @Writes(\"loss\") Tensor h(@Read(\"pred\") Tensor p)"
                                + " { return p; } @EventType @interface Bar { int order() default 0; } }"),
                "-Xlint:all,-path"));
    }

    @Test
    void theUnnamedPackageWorks() {
        Compiling.clean(Compiling.compile(
                Sources.file(Sources.IMPORTS + " class foo { @On(Event.AFTER_FIT) void h() {} }"),
                Sources.in("a", "public class Bar { @On(Event.AFTER_FIT) void h() {} }")));
    }

    /** Names that the code of a plan uses itself, and such as hide a package. */
    @Test
    void aPlanHasCallbacksOfAnyName() {
        List<String> names = List.of(
                "Dev",
                "Event",
                "Events",
                "EventTables",
                "Java",
                "LoopBody",
                "Objects",
                "Override",
                "P",
                "Phase",
                "Run",
                "State",
                "Throwable");
        List<JavaFileObject> sources = new ArrayList<>();
        for (String name : names) {
            sources.add(Sources.of("class " + name + " { @On(dev.rondo.event.Event.AFTER_BATCH) void h() {} }"));
        }
        sources.add(Sources.of("@TrainingPlan({" + String.join(".class, ", names) + ".class}) interface Plan {}"));
        Compiling.clean(Compiling.compile(sources));
    }

    @Test
    void aLearnerInTheUnnamedPackageMayBeNamedAsWhatIsGenerated() {
        Compiling.clean(Compiling.compile(
                Sources.file(Sources.IMPORTS
                        + " public class Run extends Learner { protected Run(LearnerBuilder b) { super(b); } }"),
                Sources.file(Sources.IMPORTS
                        + " @Callback(learner = Run.class) class Foo { @On(Event.AFTER_BATCH) void h(Run run) {} }"),
                Sources.file(Sources.IMPORTS + " @TrainingPlan(Foo.class) interface Plan {}")));
    }

    @Test
    void aLearnerWithTypeParametersIsUsedRaw() {
        Compiling.clean(Compiling.compile(
                Sources.of("public class Trainer<T> extends Learner { protected Trainer(LearnerBuilder b) { super(b); }"
                        + " private List<T> items; @Attribute(writable = true) public List<T> items() { return items; }"
                        + " public void setItems(List<T> items) { this.items = items; } }"),
                Sources.of("@Callback(learner = Trainer.class) class Foo {"
                        + " @On(Event.AFTER_FIT) void h(Trainer<?> t, Bar b, CallbackHandle c) {} }"),
                Sources.of("class Bar { @On(Event.AFTER_FIT) void h() {} }")));
    }

    @Test
    void anIndexOfManyClassesIsSplit() {
        List<JavaFileObject> sources = new ArrayList<>();
        for (int i = 0; i < 1100; i++) {
            sources.add(Sources.of("class C" + i + " { @On(Event.AFTER_FIT) void h() {} }"));
        }
        Compilation compilation = Compiling.clean(Compiling.compile(sources));
        assertEquals(
                2,
                Compiling.generated(compilation, "dev.rondo.spi.CallbackIndex")
                        .lines()
                        .count());
    }

    @Test
    void isTheSameWhateverTheOrderOfTheInputs() {
        List<JavaFileObject> sources = Sources.list(
                Sources.of("class A extends B { @On(Event.AFTER_FIT) void a() {} }"),
                Sources.of("class B extends C { @On(Event.AFTER_FIT) void b() {} }"),
                Sources.of("class C { @On({Event.AFTER_FIT, Event.AFTER_EPOCH}) void c() {} static class D extends A {"
                        + " @Override @On(Event.AFTER_FIT) void a() {} } }"),
                Sources.in("q", "public class E { @On(Event.AFTER_FIT) void e() {} }"));
        SortedMap<String, String> first = outputs(sources);
        for (int seed = 0; seed < 5; seed++) {
            Collections.shuffle(sources, new Random(seed));
            assertEquals(first, outputs(sources));
        }
    }

    private static SortedMap<String, String> outputs(List<JavaFileObject> sources) {
        SortedMap<String, String> outputs = new TreeMap<>();
        for (JavaFileObject file : Compiling.clean(Compiling.compile(sources)).generatedFiles()) {
            if (file.getKind() != JavaFileObject.Kind.CLASS) outputs.put(file.getName(), Compiling.text(file));
        }
        return outputs;
    }
}
