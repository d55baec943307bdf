package dev.rondo.processor.tests;

import static dev.rondo.processor.tests.Rejecting.method;
import static dev.rondo.processor.tests.Rejecting.type;
import static dev.rondo.processor.tests.Rejecting.warns;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callbacks that would compile and run, and do something other than what they say. */
class MeaningRejectionTest {
    @Test
    void aCancelOfWhatIsOver() {
        method(
                "cancel-no-effect",
                "CancelBatchException from AFTER_BATCH has nothing to cancel: no batch is open there. Legal there:"
                        + " CancelFitException, CancelEpochException, CancelTrainException, CancelValidException.",
                "@On(Event.AFTER_BATCH) void h() throws CancelFitException, ^CancelBatchException {}");
        method(
                "cancel-no-effect",
                "CancelFitException from AFTER_FIT has nothing to cancel: no fit is open there. Legal there: none.",
                "@On({Event.BEFORE_FIT, Event.AFTER_FIT}) void h() throws ^CancelFitException {}");
    }

    @Test
    void anyCancel() {
        warns(
                "cancel-too-wide",
                "'h' declares every cancel. List those that it throws.",
                "class Foo { @On(Event.BEFORE_FIT) void h() throws IllegalStateException, ^CancelException {} }");
    }

    @Test
    void anAttributeBeforeItExists() {
        method(
                "attribute-not-ready",
                "'pred' is absent at BEFORE_BATCH; it is there from AFTER_PRED to AFTER_BATCH. Move to AFTER_PRED.",
                "@On(Event.BEFORE_BATCH) void h(Tensor ^pred) {}");
        method(
                "attribute-not-ready",
                "'pred' is absent at AFTER_EPOCH; it is there from AFTER_PRED to AFTER_BATCH. Move to AFTER_BATCH.",
                "@On({Event.AFTER_PRED, Event.AFTER_EPOCH}) void h(Tensor ^pred) {}");
    }

    @Test
    void anEventOfAPhaseInWhichTheClassDoesNotRun() {
        type(
                "never-fires",
                "BEFORE_BACKWARD fires in phase TRAIN only, and 'Foo' runs in VALID. Add TRAIN to runs, or drop the event.",
                "@Callback(runs = Phase.VALID) class Foo { @On(Event^.BEFORE_BACKWARD) void h() {} }");
    }

    @Test
    void anEventOfTrainingInAClassThatTakesPartInNoTraining() {
        type(
                "never-fires",
                "BEFORE_STEP fires in runs of the kinds FIT and LR_FIND only, and 'Foo' runs in those of kind VALIDATE. Add FIT"
                        + " to kinds, or drop the event.",
                "@Callback(kinds = RunKind.VALIDATE) class Foo { @On({Event.AFTER_CREATE, Event.AFTER_BATCH, Event^.BEFORE_STEP})"
                        + " void h() {} }");
    }

    @Test
    void anEventOfABatchInAPhaseThatTheKindsOfRunsDoNotHave() {
        type(
                "never-fires",
                "AFTER_BATCH of phase TRAIN fires in runs of the kinds FIT and LR_FIND only, and 'Foo' runs in those of kind VALIDATE."
                        + " Add FIT to kinds, or drop the event.",
                "@Callback(runs = Phase.TRAIN, kinds = RunKind.VALIDATE) class Foo { @On({Event.AFTER_FIT, Event^.AFTER_BATCH})"
                        + " void h() {} }");
        type(
                "never-fires",
                "AFTER_BATCH of phase VALID fires in runs of the kinds FIT and VALIDATE and PREDICT only, and 'Foo' runs in those of"
                        + " kind LR_FIND. Add FIT to kinds, or drop the event.",
                "@Callback(runs = Phase.VALID, kinds = RunKind.LR_FIND) class Foo { @On({Event.BEFORE_VALIDATE, Event^.AFTER_BATCH})"
                        + " void h() {} }");
    }

    @Test
    void aCancelledFitOfARunThatIsNoFit() {
        type(
                "never-fires",
                "AFTER_CANCEL_FIT fires in runs of the kinds FIT and LR_FIND only, and 'Foo' runs in those of kind PREDICT. Add FIT to"
                        + " kinds, or drop the event.",
                "@Callback(kinds = RunKind.PREDICT) class Foo { @On(Event^.AFTER_CANCEL_FIT) void h() {} }");
    }

    @Test
    void aFieldThatHidesAnAttribute() {
        method(
                "shadow-field",
                "Field 'loss' hides the learner's 'loss': setting it does not change training. Rename it, or write through"
                        + " @Writes(\"loss\").",
                "Tensor ^loss; @On(Event.AFTER_FIT) void h() {}");
        warns(
                "shadow-field",
                "Field 'loss' has the name of the learner's 'loss' and another type. Rename it.",
                "class Foo { String ^loss; @On(Event.AFTER_FIT) void h() {} }");
    }

    @Test
    void aSetterThatHidesAnAttributes() {
        method(
                "shadow-setter",
                "'setLoss' sets a property of the callback, not of the learner. Rename it.",
                "void ^setLoss(Tensor t) {} @On(Event.AFTER_FIT) void h() {}");
    }

    @Test
    void aMethodNamedLikeAnEvent() {
        for (String name : new String[] {"beforeBach", "before_batch", "onBeforeBatch"}) {
            warns(
                    "looks-like-handler",
                    "'" + name + "' has no @On, so it does not run. Did you mean @On(Event.BEFORE_BATCH)?",
                    "class Foo { void ^" + name + "() {} @On(Event.AFTER_FIT) void h() {} }");
        }
    }

    @Test
    void optionsWithoutHandlers() {
        warns("no-handlers", "'Foo' handles no event. Add @On, or remove @Callback.", "@Callback ^class Foo {}");
    }

    @Test
    void anInnerClass() {
        warns(
                "inner-class",
                "Each 'Foo' keeps its 'Outer' alive. Make it static.",
                "class Outer { ^class Foo { @On(Event.AFTER_FIT) void h() {} } }");
    }

    @Test
    void anOverrideThatDropsOn() {
        warns(
                "unannotated-override",
                "'h' overrides Base.h, which handles AFTER_FIT, and will still run. Repeat @On.",
                "class Outer { static class Base { @On(Event.AFTER_FIT) void h() {} }"
                        + " static class Foo extends Base { @Override void ^h() {} @On(Event.BEFORE_FIT) void g() {} } }");
    }

    @Test
    void anOverrideOfOtherEvents() {
        type(
                "conflicting-override",
                "'h' handles AFTER_EPOCH here and AFTER_FIT in Base. Make them agree.",
                "class Outer { static class Base { @On(Event.AFTER_FIT) void h() {} }"
                        + " static class Foo extends Base { @Override ^@On(Event.AFTER_EPOCH) void h() {} } }");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class Foo { @SuppressWarnings(\"rondo:shadow-field\") Tensor loss; @On(Event.AFTER_FIT) void h() {} }",
                "@SuppressWarnings({\"unused\", \"rondo:shadow-field\"}) class Foo { Tensor loss; @On(Event.AFTER_FIT) void h() {} }",
                "class Foo { final Tensor loss = null; static Tensor pred; @On(Event.AFTER_FIT) void h() {} }",
                "record Foo(Tensor loss) { @On(Event.AFTER_FIT) void h() {} }",
            })
    void whatIsSuppressedOrHarmlessIsNotReported(String body) {
        Compiling.clean(Compiling.compile(Sources.of(body)));
    }
}
