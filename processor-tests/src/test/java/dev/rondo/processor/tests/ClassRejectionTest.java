package dev.rondo.processor.tests;

import static dev.rondo.processor.tests.Rejecting.type;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.testing.compile.Compilation;
import org.junit.jupiter.api.Test;

/** What the processor says about a class as a whole. */
class ClassRejectionTest {
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
