package dev.rondo.processor.tests;

import static dev.rondo.processor.tests.Rejecting.method;
import static dev.rondo.processor.tests.Rejecting.type;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values in annotations that say nothing, and annotations where nothing reads them. */
class ValuesRejectionTest {
    private static final String END = " @On(Event.AFTER_FIT) void end() {} }";

    @ParameterizedTest
    @CsvSource({
        "Double.NaN, NaN",
        "Double.POSITIVE_INFINITY, Infinity",
        "-Double.MAX_VALUE * 2, -Infinity",
        "0.0 / 0, NaN",
    })
    void anOrderThatIsNoFiniteNumber(String source, String value) {
        // A place is where a compiler points at: the dot of a name, the operator of an expression.
        String marked = source.contains("*") || source.contains("/")
                ? source.replaceFirst("([*/])", "^$1")
                : source.replace(".", "^.");
        String said = " is " + value + ". State a finite number, or none.";
        type("order-value", "The order of 'Foo'" + said, "@Callback(order = " + marked + ") class Foo {" + END);
        method(
                "order-value",
                "The order of 'h'" + said,
                "@On(value = Event.AFTER_FIT, order = " + marked + ") void h() {}");
    }

    @Test
    void emptyLists() {
        type(
                "invalid-value",
                "'Foo' lists nothing in runs, so no event inside a batch reaches it. Name a phase, or delete runs.",
                "@Callback(runs = ^{}) class Foo { @On(Event.AFTER_BATCH) void h() {} }");
        type(
                "invalid-value",
                "'Foo' lists nothing in kinds, so no event of a run reaches it. Name a kind, or delete kinds.",
                "@Callback(kinds = ^{}) class Foo {" + END);
        method(
                "invalid-value",
                "@Writes on 'h' names no attribute. Name one, or delete @Writes.",
                "@On(Event.AFTER_LOSS) ^@Writes({}) void h(Learner learner) {}");
    }

    @Test
    void repeatedValues() {
        type(
                "invalid-value",
                "'Foo' lists TRAIN twice. Delete one.",
                "@Callback(runs = ^{Phase.TRAIN, Phase.TRAIN}) class Foo {" + END);
        type(
                "invalid-value",
                "'Foo' lists FIT twice. Delete one.",
                "@Callback(kinds = ^{RunKind.FIT, RunKind.PREDICT, RunKind.FIT}) class Foo {" + END);
        method(
                "invalid-value",
                "'h' lists 'loss' twice. Delete one.",
                "@On(Event.AFTER_LOSS) @Writes({\"loss\", ^\"loss\"}) void h(Learner learner) {}");
    }

    @Test
    void versionsOfStates() {
        type(
                "invalid-value",
                "The stateVersion of 'Foo' is -1, and versions count from 1. State 1 or more.",
                "@Callback(stateVersion = ^-1) class Foo { @Checkpointed int count;" + END);
        type(
                "invalid-value",
                "'Foo' states a stateVersion, and declares no @Checkpointed field that has it. Delete stateVersion.",
                "@Callback(stateVersion = ^2) class Foo {" + END);
    }

    @Test
    void declarationsOfAttributes() {
        type(
                "invalid-value",
                "'mine' has a value from AFTER_LOSS until AFTER_PRED, which is before that. Exchange the events.",
                "interface Foo { @Attribute(from = Event.AFTER_LOSS, until = Event^.AFTER_PRED) int mine(); }");
        type(
                "invalid-value",
                "'mine' is writable by all callbacks, so its owners mean nothing. Delete one of them.",
                "interface Foo { @Attribute(writable = true, owners = Recorder^.class) int mine(); }");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int mine(int index) { return 0; } | a method without parameters",
                "void mine() {} | a method that returns a value",
                "static int mine() { return 0; } | 'a method of the learner, not static'",
                "private int mine() { return 0; } | 'visible to callbacks, not private'",
                "<T> T mine() { return null; } | a method without type parameters",
                "int mine() throws Exception { return 0; } | a method without checked exceptions",
            })
    void anAttributeThatIsNoAccessor(String method, String missing) {
        type(
                "no-effect",
                "@Attribute on 'mine' has no effect: an attribute is " + missing
                        + ". Change the method, or delete @Attribute.",
                "class Foo { ^@Attribute " + method + " }");
    }

    @Test
    void annotationsOfHandlersElsewhere() {
        method(
                "no-effect",
                "@Writes on 'h' has no effect: 'h' handles no event. Add @On, or delete @Writes.",
                "^@Writes(\"loss\") Tensor h() { return null; }");
        method(
                "no-effect",
                "@Read on 'value' has no effect: 'h' handles no event. Add @On, or delete @Read.",
                "void h(^@Read(\"loss\") Tensor value) {}");
        method(
                "no-effect",
                "@Read on 'value' has no effect: 'Foo' handles no event. Add @On, or delete @Read.",
                "Foo(^@Read(\"loss\") Tensor value) {}");
        type(
                "no-effect",
                "@Checkpointed on 'count' has no effect: 'Foo' handles no event, so it is no callback. Mark a field of the callback.",
                "final class Foo { @Checkpointed int ^count; }");
    }

    @Test
    void anEventWithADefaultOrderThatNothingReads() {
        type(
                "event-type",
                "The default order of 'Foo' is 5, but a handler that states no order has that of its class. Write 'int order()"
                        + " default 0'.",
                "@EventType @interface Foo { int ^order() default 5; }");
        type("event-type", "An event needs 'int order() default 0'.", "@EventType @^interface Foo { int order(); }");
    }
}
