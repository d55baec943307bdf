package dev.rondo.processor.tests;

import static dev.rondo.processor.tests.Rejecting.type;
import static dev.rondo.processor.tests.Rejecting.warns;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.testing.compile.Compilation;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

/** Diagnostics of custom events and their handlers. */
class CustomEventRejectionTest {
    private static final JavaFileObject AFTER_ROW =
            Sources.of("@EventType(within = Scope.BATCH) @interface AfterRow { int order() default 0; }");
    private static final JavaFileObject AFTER_MOVE =
            Sources.of("@EventType(within = Scope.STEP) @interface AfterMove { int order() default 0; }");

    @Test
    void anEventWithoutOrder() {
        String message = "An event needs 'int order() default 0'.";
        type("event-type", message, "@EventType @^interface AfterRow {}");
        type("event-type", message, "@EventType @^interface AfterRow { double order() default 0; }");
    }

    @Test
    void anEventThatCannotBeOnMethods() {
        type(
                "event-type",
                "'AfterRow' cannot annotate methods. Add ElementType.METHOD to its @Target.",
                "@EventType @java.lang.annotation.Target(java.lang.annotation.ElementType.FIELD) @^interface AfterRow {"
                        + " int order() default 0; }");
    }

    @Test
    void anEventThatClassFilesLose() {
        type(
                "event-type",
                "'AfterRow' is not kept in class files, so other artifacts cannot inherit its handlers. Drop its @Retention.",
                "@EventType @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.SOURCE)"
                        + " @^interface AfterRow { int order() default 0; }");
    }

    @Test
    void aRepeatableEvent() {
        type(
                "event-type",
                "'AfterRow' is repeatable, and compilers wrap repeated annotations in another one. Drop @Repeatable.",
                "@EventType @java.lang.annotation.Repeatable(AfterRow.All.class) @^interface AfterRow {"
                        + " int order() default 0; @interface All { AfterRow[] value(); } }");
    }

    @Test
    void anEventThatIsHiddenFromGeneratedCode() {
        type(
                "event-type",
                "Generated code cannot name the event @Hidden. Make 'Hidden' visible to the package of the callback.",
                "class Foo { ^@Hidden void h() {} @EventType private @interface Hidden { int order() default 0; } }");
        type(
                "event-type",
                "Generated code cannot name the event @Seen. Make 'Seen' visible to the package of the callback.",
                "class Foo extends q.Outer { @Override ^@Seen protected void h() {} }",
                Sources.in(
                        "q",
                        "public class Outer { @EventType protected @interface Seen { int order() default 0; } protected void h() {} }"));
    }

    @Test
    void aCancelThatNothingAroundTheEventCatches() {
        type(
                "cancel-no-effect",
                "CancelStepException from @AfterRow has nothing to cancel: no step is open there. Legal there:"
                        + " CancelFitException, CancelEpochException, CancelTrainException, CancelValidException,"
                        + " CancelBatchException.",
                "class Foo { @AfterRow void h() throws ^CancelStepException {} }",
                AFTER_ROW);
        type(
                "cancel-no-effect",
                "CancelValidException from @AfterMove has nothing to cancel: no validate is open there. Legal there:"
                        + " CancelFitException, CancelEpochException, CancelTrainException, CancelBatchException,"
                        + " CancelStepException.",
                "class Foo { @AfterMove @AfterRow void h() throws ^CancelValidException {} }",
                AFTER_ROW,
                AFTER_MOVE);
    }

    @Test
    void anEventOfAPhaseInWhichTheClassDoesNotRun() {
        type(
                "never-fires",
                "@AfterMove fires in phase TRAIN only, and 'Foo' runs in VALID. Add TRAIN to runs, or drop the event.",
                "@Callback(runs = Phase.VALID) class Foo { @On(Event.AFTER_FIT) ^@AfterMove void h() {} }",
                AFTER_MOVE);
    }

    @Test
    void theOtherRulesOfHandlersHold() {
        type(
                "private-handler",
                "'h' is private; generated code in its package cannot call it. Drop 'private'.",
                "class Foo { @AfterRow private void ^h() {} }",
                AFTER_ROW);
        type(
                "unknown-attribute",
                "The learner has no attribute 'los'. Did you mean 'loss'?",
                "class Foo { @AfterRow void h(Tensor ^los) {} }",
                AFTER_ROW);
        type(
                "writes-without-result",
                "'h' returns a Tensor that nothing takes. Add @Writes(\"…\") or return void.",
                "class Foo { @AfterRow Tensor ^h(Tensor loss) { return loss; } }",
                AFTER_ROW);
        type(
                "checked-exception",
                "'h' may throw IOException; only cancels and unchecked exceptions may leave a handler. Catch it, or wrap it.",
                "class Foo { @AfterRow void h() throws java.io^.IOException {} }",
                AFTER_ROW);
        type(
                "no-event",
                "@On on 'h' lists no event, so it never runs. Name one, or delete @On.",
                "class Foo { @AfterRow ^@On({}) void h() {} }",
                AFTER_ROW);
    }

    @Test
    void anOverrideOfAnotherEvent() {
        type(
                "conflicting-override",
                "'h' handles @AfterMove here and @AfterRow, AFTER_FIT in Base. Make them agree.",
                "class Foo extends Base { @Override ^@AfterMove void h() {} }",
                Sources.of("class Base { @On(Event.AFTER_FIT) @AfterRow void h() {} }"),
                AFTER_ROW,
                AFTER_MOVE);
    }

    @Test
    void aMethodNamedLikeAnEventMayHandleOneOfItsOwn() {
        Compiling.clean(Compiling.compile(Sources.of("class Foo { @AfterRow void beforeBatch() {} }"), AFTER_ROW));
        warns(
                "looks-like-handler",
                "'afterBatch' has no @On, so it does not run. Did you mean @On(Event.AFTER_BATCH)?",
                "class Foo { void ^afterBatch() {} @AfterRow void h() {}"
                        + " @EventType @interface AfterRow { int order() default 0; } }");
    }

    @Test
    void whenAnAttributeIsReadyForACustomEventIsNotKnown() {
        Compiling.clean(
                Compiling.compile(Sources.of("class Foo { @AfterRow void h(Tensor pred, int epoch) {} }"), AFTER_ROW));
    }

    @Test
    void faultsAreReportedOnceWhoeverReportsThem() {
        Compilation compilation = Compiling.compile(
                AFTER_ROW,
                Sources.of("class A { @AfterRow private void a() {} }"),
                Sources.of("class B extends A { @On(Event.AFTER_FIT) private void b() {} }"),
                Sources.of("class C extends B { @AfterRow private void c() {} }"));
        assertEquals(3, compilation.errors().size(), () -> Compiling.summary(compilation));
    }
}
