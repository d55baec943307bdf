package dev.rondo.processor.tests;

import static dev.rondo.processor.tests.Rejecting.method;
import static dev.rondo.processor.tests.Rejecting.type;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the processor says about a faulty method, and where. A caret stands before the place. */
class HandlerRejectionTest {
    @Test
    void anOnWithoutEvents() {
        method(
                "no-event",
                "@On on 'h' lists no event, so it never runs. Name one, or delete @On.",
                "^@On({}) void h() {}");
    }

    @Test
    void anEventListedTwice() {
        method(
                "repeated-event",
                "'h' lists BEFORE_FIT twice. Delete one.",
                "@On({Event.BEFORE_FIT, Event^.BEFORE_FIT}) void h() {}");
    }

    @Test
    void aPrivateHandler() {
        method(
                "private-handler",
                "'h' is private; generated code in its package cannot call it. Drop 'private'.",
                "@On(Event.BEFORE_FIT) private void ^h() {}");
    }

    @Test
    void aStaticHandler() {
        method(
                "static-handler",
                "'h' is static; handlers run on a callback object. Drop 'static'.",
                "@On(Event.BEFORE_FIT) static void ^h() {}");
    }

    @Test
    void aHandlerWithoutBody() {
        String message = "'h' has no body here. Annotate the method that implements it.";
        type("abstract-handler", message, "abstract class Foo { @On(Event.BEFORE_FIT) abstract void ^h(); }");
        type("abstract-handler", message, "interface Foo { @On(Event.BEFORE_FIT) void ^h(); }");
    }

    @Test
    void aHandlerInAnInterface() {
        type(
                "handler-in-interface",
                "Handlers of interfaces are not collected. Move 'h' to the class.",
                "interface Foo { @On(Event.BEFORE_FIT) default void ^h() {} }");
    }

    @Test
    void aGenericHandler() {
        method(
                "generic-handler",
                "'h' declares type parameters, which nothing can choose. Use their bounds.",
                "@On(Event.AFTER_PRED) <T extends Tensor> void ^h(T pred, T other) {}");
    }

    @Test
    void aMisspeltAttribute() {
        method(
                "unknown-attribute",
                "The learner has no attribute 'los'. Did you mean 'loss'?",
                "@On(Event.AFTER_LOSS) void h(Tensor ^los) {}");
        method(
                "unknown-attribute",
                "The learner has no attribute 'prd'. Did you mean 'pred'?",
                "@On(Event.AFTER_LOSS) void h(@Read(^\"prd\") Tensor p) {}");
        method(
                "unknown-attribute",
                "The learner has no attribute 'lossgrad'. Did you mean 'lossGrad'?",
                "@On(Event.AFTER_LOSS) @Writes(^\"lossgrad\") Tensor h(Tensor loss) { return loss; }");
    }

    @Test
    void aNameFarFromAllAttributesListsThem() {
        String message = Compiling.compile(
                        Sources.of("class Foo { @On(Event.AFTER_LOSS) void h(double temperature) {} }"))
                .errors()
                .get(0)
                .getMessage(null);
        assertTrue(
                message.matches("\\[rondo:unknown-attribute] The learner has no attribute 'temperature'\\."
                        + " There are: batch, .*epoch, .*yb\\."),
                message);
    }

    @Test
    void nothingIsSuggestedForASingleLetter() {
        method(
                "requirement",
                "Parameter 1 (String) has a type that handlers cannot ask for. Accepted: attributes by name, Learner,"
                        + " CallbackHandle, RunKind, a callback.",
                "@On(Event.AFTER_LOSS) void h(String ^s) {}");
    }

    /** What generated code could not call is no attribute. */
    @Test
    void anAccessorThatCannotBeRead() {
        for (String accessor : new String[] {
            "private double score() { return 0; }",
            "static double score() { return 0; }",
            "<T> T score() { return null; }",
            "void score() {}",
            "double score() throws java.io.IOException { return 0; }",
            "double score(int i) { return 0; }",
        }) {
            List<String> errors = Compiling.compile(
                            Sources.of(
                                    "class Scoring extends Learner { Scoring(LearnerBuilder b) { super(b); } @Attribute "
                                            + accessor + " }"),
                            Sources.of("@Callback(learner = Scoring.class) class Foo {"
                                    + " @On(Event.AFTER_LOSS) void h(double score) {} }"))
                    .errors()
                    .stream()
                    .map(e -> e.getMessage(null))
                    .sorted()
                    .toList();
            assertEquals(2, errors.size(), errors::toString);
            assertTrue(errors.get(0).startsWith("[rondo:no-effect] @Attribute on 'score' has no effect: "), accessor);
            assertTrue(
                    errors.get(1).startsWith("[rondo:unknown-attribute] The learner has no attribute 'score'."),
                    accessor);
        }
    }

    @Test
    void aParameterThatIsNothingKnown() {
        method(
                "requirement",
                "Parameter 2 (String) has a type that handlers cannot ask for. Accepted: attributes by name, Learner, CallbackHandle, RunKind, a callback.",
                "@On(Event.AFTER_LOSS) void h(Tensor loss, String ^path) {}");
    }

    @Test
    void aCallbackThatCannotBeGiven() {
        method(
                "requirement",
                "Parameter 1 requires another Foo, which would itself require one. Remove it;"
                        + " 'this' is the callback.",
                "@On(Event.AFTER_LOSS) void h(Foo ^other) {}");
        type(
                "requirement",
                "Generated code cannot name 'Bar'. Make 'Bar' visible to the package of the callback.",
                "class Foo extends q.Outer { @On(Event.AFTER_FIT) void h(Bar ^bar) {} }",
                Sources.in(
                        "q",
                        "public class Outer { protected static class Bar { @On(Event.AFTER_FIT) protected void h() {} } }"));
    }

    @Test
    void aClassWithoutHandlersIsNoCallback() {
        type(
                "requirement",
                "Parameter 1 (Bar) has a type that handlers cannot ask for. Accepted: attributes by name, Learner,"
                        + " CallbackHandle, RunKind, a callback.",
                "class Foo { @On(Event.AFTER_FIT) void h(Bar ^bar) {} }",
                Sources.of("class Bar {}"));
    }

    @Test
    void anAttributeOfAnotherType() {
        method(
                "attribute-type",
                "'trainIter' is an int, not a String. Declare it as int.",
                "@On(Event.AFTER_LOSS) void h(String ^trainIter) {}");
        method(
                "attribute-type",
                "'xb' is a List<Tensor>, not a List<String>. Declare it as List<Tensor>.",
                "@On(Event.AFTER_LOSS) void h(List<String> ^xb) {}");
        method(
                "attribute-type",
                "'pctTrain' is a double, not a float. Declare it as double.",
                "@On(Event.AFTER_LOSS) void h(float ^pctTrain) {}");
    }

    @Test
    void aResultOfAnotherTypeThanTheAttribute() {
        method(
                "attribute-type",
                "'pred' is a Tensor, not an int. Return a Tensor.",
                "@On(Event.AFTER_PRED) @Writes(\"pred\") int ^h() { return 1; }");
    }

    @Test
    void anAttributeThatAnotherCallbackOwns() {
        method(
                "attribute-read-only",
                "'epoch' is set by TrainEvalCallback only. Callbacks can set: batch, loss, lossGrad, pred.",
                "@On(Event.BEFORE_EPOCH) ^@Writes(\"epoch\") int h() { return 1; }");
    }

    @Test
    void anAttributeThatNothingSets() {
        method(
                "attribute-read-only",
                "'nIter' cannot be set. Callbacks can set: batch, loss, lossGrad, pred.",
                "@On(Event.BEFORE_BATCH) ^@Writes(\"nIter\") void h(Learner learner) {}");
    }

    @Test
    void aResultThatNothingTakes() {
        method(
                "writes-without-result",
                "'h' returns a Tensor that nothing takes. Add @Writes(\"…\") or return void.",
                "@On(Event.AFTER_LOSS) Tensor ^h(Tensor loss) { return loss; }");
    }

    @Test
    void aResultWithSeveralNames() {
        method(
                "writes-without-result",
                "'h' returns one value, and its @Writes has 2 names. Name the attribute that takes it.",
                "@On(Event.AFTER_LOSS) ^@Writes({\"loss\", \"lossGrad\"}) Tensor h(Tensor loss) { return loss; }");
    }

    @Test
    void aWriteWithNeitherResultNorLearner() {
        method(
                "writes-without-result",
                "'h' returns nothing and cannot reach the learner, so it sets no 'pred'. Return the value, or take the Learner.",
                "@On(Event.AFTER_PRED) ^@Writes(\"pred\") void h() {}");
    }

    @Test
    void aCheckedExceptionThatIsNoCancel() {
        method(
                "checked-exception",
                "'h' may throw IOException; only cancels and unchecked exceptions may leave a handler. Catch it, or wrap it.",
                "@On(Event.AFTER_FIT) void h() throws java.io^.IOException {}");
    }

    @Test
    void aLearnerThatTheClassDoesNotPromise() {
        type(
                "learner-type",
                "This callback is not declared for 'GanLearner'. Add learner = GanLearner.class.",
                "class Foo { @On(Event.AFTER_FIT) void h(GanLearner ^learner) {} }",
                InheritanceTest.GAN_LEARNER);
    }
}
