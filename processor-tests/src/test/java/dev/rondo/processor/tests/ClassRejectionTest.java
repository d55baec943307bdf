package dev.rondo.processor.tests;

import static dev.rondo.processor.tests.Rejecting.type;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;

/** What the processor says about a class as a whole. */
class ClassRejectionTest {
    /** JDK 25 compiles a file without a class around its methods, and no other file can name what is in it. */
    @Test
    @EnabledForJreRange(minVersion = 25)
    void aMemberOfACompactSourceFile() {
        String source = Sources.IMPORTS + " void main() {} static class Foo { @On(Event.AFTER_FIT) void h() {} }";
        Compilation compilation = Compiler.javac()
                .withProcessors(Compiling.processors())
                .withOptions("--release", "25")
                .compile(JavaFileObjects.forSourceString("Compact", source));
        assertEquals(
                List.of(
                        "[rondo:private-class] Generated code cannot name 'Foo', a member of a compact source file. Move 'Foo' to a"
                                + " file of its own."),
                compilation.errors().stream().map(e -> e.getMessage(null)).toList());
    }

    private static final String HANDLER = "@On(Event.BEFORE_FIT) void h() {}";

    @Test
    void aPrivateClass() {
        type(
                "private-class",
                "Generated code cannot name 'Foo'. Make 'Foo' package-private.",
                "class Outer { private static ^class Foo { " + HANDLER + " } }");
    }

    @Test
    void aClassInsideAPrivateClass() {
        type(
                "private-class",
                "Generated code cannot name 'Foo'. Make 'Hidden' package-private.",
                "class Outer { private static class Hidden { static ^class Foo { " + HANDLER + " } } }");
    }

    @Test
    void aTableNameThatAUsersClassHas() {
        type(
                "name-clash",
                "'Foo_Callbacks' exists already. Rename one class.",
                "^class Foo { " + HANDLER + " }",
                Sources.of("class Foo_Callbacks {}"));
    }

    @Test
    void twoClassesWithOneTableName() {
        type(
                "name-clash",
                "'Outer_Foo_Callbacks' exists already. Rename one class.",
                "^class Outer_Foo { " + HANDLER + " }",
                Sources.of("class Outer { static class Foo { " + HANDLER + " } }"));
    }

    @Test
    void aLearnerThatIsNone() {
        type(
                "learner-type",
                "'String' is not a Learner. Name a subclass of dev.rondo.Learner.",
                "^@Callback(learner = String.class) class Foo { " + HANDLER + " }");
    }

    @Test
    void aLearnerThatIsNoClass() {
        type(
                "learner-type",
                "'int[]' is not a Learner. Name a subclass of dev.rondo.Learner.",
                "^@Callback(learner = int[].class) class Foo { " + HANDLER + " }");
    }

    /** javac complains of unknown types in signatures also after errors; those of ours are not to be among them. */
    @Test
    void sourcesThatNameTheTableOfAFaultyClassAreNotBlamed() {
        type(
                "private-handler",
                "'h' is private; generated code in its package cannot call it. Drop 'private'.",
                "class Foo { @On(Event.BEFORE_FIT) private void ^h() {} }",
                Sources.of("class Sub extends Foo { @On(Event.AFTER_FIT) void end() {} }"),
                Sources.of("class User { Foo_Callbacks table = Foo_Callbacks.of(new Foo()); Sub_Callbacks sub;"
                        + " void use(Learner learner) { learner.add(Foo_Callbacks.of(new Foo())); } }"));
    }

    @Test
    void everyFaultOfEveryClassIsReportedOnce() {
        Compilation compilation = Compiling.compile(
                Sources.of("class A { @On({}) void a() {} @On(Event.AFTER_FIT) private static void b() {} }"),
                Sources.of("class B { @On(Event.AFTER_LOSS) void h(Tensor los, Tensor prd) {} }"),
                Sources.of("class Good { " + HANDLER + " }"));
        assertEquals(5, compilation.errors().size(), () -> Compiling.summary(compilation));
    }

    @Test
    void aFaultyBaseClassIsNotBlamedOnItsSubclasses() {
        type(
                "private-handler",
                "'h' is private; generated code in its package cannot call it. Drop 'private'.",
                "class Base { @On(Event.BEFORE_FIT) private void ^h() {} }",
                Sources.of("class Sub extends Base { @On(Event.AFTER_FIT) void end() {} }"));
    }
}
