package dev.rondo.processor.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import java.nio.file.Path;
import java.util.List;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Handlers that a class inherits, in one compilation and across artifacts. */
class InheritanceTest {
    static final JavaFileObject GAN_LEARNER = Sources.of("public class GanLearner extends Learner {"
            + " protected GanLearner(LearnerBuilder builder) { super(builder); }"
            + " @Attribute public double realScore() { return 0; } }");

    private static final JavaFileObject BASE = Sources.in(
            "base",
            "public class Base { @On(Event.AFTER_LOSS) protected void h(Tensor loss, int epoch) {} @On(Event.AFTER_FIT) void end() {} }");

    @TempDir
    Path folder;

    @Test
    void aSubclassThatAddsNothingNeedsNoTable() {
        Compilation compilation =
                Compiling.clean(Compiling.compile(BASE, Sources.of("class Sub extends base.Base {}")));
        assertFalse(Compiling.generates(compilation, "Sub_Callbacks.java"));
    }

    @Test
    void anAbstractBaseClassHasATable() {
        Compilation compilation = Compiling.clean(
                Compiling.compile(Sources.of("abstract class Base { @On(Event.AFTER_FIT) void h() {} }")));
        assertTrue(Compiling.generates(compilation, "Base_Callbacks.java"));
    }

    @Test
    void aSubclassWithOptionsAloneHasATableWithThem() {
        String table = table(
                Compiling.compile(BASE, Sources.of("@Callback(order = 7) class Sub extends base.Base {}")), "Sub");
        assertTrue(table.contains("return 7.0;"), table);
        assertTrue(table.contains("Base_Callbacks.handler0(callback, learner)"), table);
    }

    @Test
    void aHandlerOfAnotherPackageRunsThroughItsOwnTable() {
        String table = table(
                Compiling.compile(
                        BASE, Sources.of("class Sub extends base.Base { @On(Event.AFTER_FIT) void end() {} }")),
                "Sub");
        // Base.end is package-private: Sub.end does not override it, and both run.
        assertTrue(table.contains("return 3;"), table);
        assertTrue(table.contains("case 2 -> handler2(callback, (Learner) learner);"), table);
        assertTrue(table.contains("callback.end();"), table);
    }

    @Test
    void whatABaseClassOfAnotherArtifactReadsIsKnownWithoutParameterNames() {
        Compiling.writeTo(folder, Compiling.clean(Compiling.compile(BASE)));
        JavaFileObject sub = Sources.of("class Sub extends base.Base { @On(Event.BEFORE_FIT) void start() {} }");
        String across = table(Compiling.compile(List.of(sub), List.of(folder), List.of()), "Sub");
        assertTrue(across.contains("reads = {\"loss\", \"epoch\"}"), across);
        assertEquals(table(Compiling.compile(BASE, sub), "Sub"), across);
    }

    @Test
    void whatABaseClassOfAnotherArtifactHandlesAndRequiresMayBeHidden() {
        JavaFileObject base = Sources.in(
                "base",
                "public class Base { @Hidden(order = 3) void h(Asked asked) {} static class Asked { @Hidden void h() {} }"
                        + " @EventType @interface Hidden { int order() default 0; } }");
        Compiling.writeTo(folder, Compiling.clean(Compiling.compile(base)));
        JavaFileObject sub =
                Sources.of("class Sub extends base.Base { @On(Event.BEFORE_FIT) void start(Recorder r) {} }");
        String across = table(Compiling.compile(List.of(sub), List.of(folder), List.of()), "Sub");
        assertTrue(across.contains("{@code @Hidden}: {@code h}, order 3.0, inherited"), across);
        assertTrue(across.contains("case 0 -> base.customEvent(handler);"), across);
        assertTrue(across.contains("concat(base.requires().stream(), Stream.of(Recorder.class))"), across);
        assertEquals(table(Compiling.compile(base, sub), "Sub"), across);
    }

    @Test
    void anEventOfAnotherArtifactMakesAClassACallback() {
        JavaFileObject event = Sources.in("q", "@EventType public @interface Tick { int order() default 0; }");
        Compiling.writeTo(folder, Compiling.clean(Compiling.compile(event)));
        JavaFileObject foo = Sources.of("class Foo { @q.Tick void h() {} }");
        Compilation compilation = Compiling.compile(List.of(foo), List.of(folder), List.of());
        assertTrue(table(compilation, "Foo").contains("case 0 -> Tick.class;"));
        assertTrue(Compiling.generates(compilation, "dev.rondo.spi.CallbackIndex"));
    }

    @Test
    void aBaseClassWithoutTableIsReported() {
        List<Processor> none = List.of();
        Compiling.writeTo(folder, Compiling.compileWith(List.of(BASE), List.of(), none));
        String body = "^class Sub extends base.Base { @On(Event.BEFORE_FIT) void start() {} }";
        Rejecting.says(
                Compiling.compile(List.of(Sources.of(body.replace("^", ""))), List.of(folder), List.of()),
                Diagnostic.Kind.ERROR,
                "missing-base-table",
                "'Base' has handlers, but no table. Build its artifact with rondo-processor.",
                "package p; " + Sources.IMPORTS + " " + body);
    }

    @Test
    void anOverrideThatRepeatsOnReadsItsOwnParameters() {
        String table = table(
                Compiling.compile(
                        Sources.of("class Base { @On(Event.AFTER_LOSS) void h(Tensor loss) {} }"),
                        Sources.of("class Sub extends Base {"
                                + " @Override @On(Event.AFTER_LOSS) void h(Tensor pred) {} }")),
                "Sub");
        assertTrue(table.contains("return 1;"), table);
        assertTrue(table.contains("callback.h(learner.pred())"), table);
    }

    @Test
    void theLearnerOfTheBaseClassHoldsForTheSubclass() {
        Compilation compilation = Compiling.compile(
                GAN_LEARNER,
                Sources.of(
                        "@Callback(learner = GanLearner.class) class Base { @On(Event.AFTER_FIT) void h(double realScore) {} }"),
                Sources.of(
                        "class Sub extends Base { @On(Event.AFTER_EPOCH) void g(GanLearner learner, double realScore) {} }"));
        assertTrue(table(compilation, "Sub").contains("CallbackTable<GanLearner>"));
    }

    @Test
    void aSubclassCannotPromiseLessThanItsBaseNeeds() {
        Rejecting.type(
                "learner-type",
                "'Base' needs GanLearner, which 'Learner' is not. Name a subclass of GanLearner as the learner.",
                "^@Callback(learner = Learner.class) class Sub extends Base { @On(Event.AFTER_FIT) void g() {} }",
                GAN_LEARNER,
                Sources.of(
                        "@Callback(learner = GanLearner.class) class Base { @On(Event.AFTER_FIT) void h(double realScore) {} }"));
    }

    private static String table(Compilation compilation, String callback) {
        return Compiling.generated(Compiling.clean(compilation), "p/" + callback + "_Callbacks.java");
    }
}
