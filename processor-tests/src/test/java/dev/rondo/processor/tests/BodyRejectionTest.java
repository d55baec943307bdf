package dev.rondo.processor.tests;

import static dev.rondo.processor.tests.Rejecting.method;
import static dev.rondo.processor.tests.Rejecting.warns;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What handlers do in their bodies; the plugin starts by itself. The files in {@code src/test/corpus/bodies} show more. */
class BodyRejectionTest {
    private static final String READS =
            "@On(Event.AFTER_LOSS) void h(Tensor loss) { System.out.println(loss.item_double()); }";

    @Test
    void anAbsentAttribute() {
        method(
                "attribute-not-ready",
                "'pred' is absent at BEFORE_FIT, which 'h' handles; it is there from AFTER_PRED to AFTER_BATCH. Move to"
                        + " AFTER_PRED, or ask predicted() first.",
                "@On(Event.BEFORE_FIT) void h(Learner learner) { read(learner); } void read(Learner l) { l^.pred(); }");
    }

    @Test
    void anUndeclaredWrite() {
        method(
                "undeclared-write",
                "'h' sets 'loss', which no @Writes of it lists. Add @Writes(\"loss\").",
                "@On(Event.AFTER_LOSS) void h(Learner learner) { learner^.setLoss(null); }");
        method(
                "undeclared-write",
                "'h' sets 'loss' beside the value that it returns. Return void, and list in @Writes all that it sets.",
                "@On(Event.AFTER_LOSS) @Writes(\"pred\") Tensor h(Learner l, Tensor pred) { l^.setLoss(null); return pred; }");
    }

    @Test
    void anUndeclaredWriteBesideDeclaredOnes() {
        method(
                "undeclared-write",
                "'h' sets 'loss', which no @Writes of it lists. Make it @Writes({\"lossGrad\", \"loss\"}).",
                "@On(Event.AFTER_LOSS) @Writes(\"lossGrad\") void h(Learner l) { l.setLossGrad(null); l^.setLoss(null); }");
    }

    @Test
    void anUnusedWrite() {
        warns(
                "unused-write",
                "Nothing in 'h' sets 'pred'. Set it, or drop it from @Writes.",
                "class Foo { @On(Event.AFTER_LOSS) @Writes({\"loss\", ^\"pred\"}) void h(Learner l) { l.setLoss(null); } }");
    }

    @Test
    void aTensorThatEscapes() {
        warns(
                "escaping-tensor",
                "'pred' is freed when the batch ends, and field 'last' lives longer. Keep a handle: learner.keep(…), which you"
                        + " close.",
                "class Foo { Tensor last; @On(Event.AFTER_PRED) void h(Tensor pred) { last ^= pred; } }");
        warns(
                "escaping-tensor",
                "'pred' is freed when the batch ends, and the scope 'epoch' lives longer. Keep a handle: learner.keep(…), which"
                        + " you close.",
                "class Foo { final ScopeLocal<Tensor> last = ScopeLocal.of(Scope.EPOCH); @On(Event.AFTER_PRED) void h("
                        + "Learner learner, Tensor pred) { last^.set(learner, pred); } }");
        warns(
                "escaping-tensor",
                "This tensor is freed when the batch ends, and 'all' lives longer. Keep a handle: learner.keep(…), which you"
                        + " close.",
                "class Foo { List<Tensor> all; @On(Event.AFTER_PRED) void h(Tensor pred) { all^.add(pred.exp()); } }");
    }

    @Test
    void aHostRead() {
        warns(
                "host-read",
                "'item_double' makes the host wait for the device inside a batch, at AFTER_LOSS. Read less often, and"
                        + " acknowledge it: @HostRead(\"…\") on 'h'.",
                "class Foo { " + READS.replace(".item", "^.item") + " }");
        warns(
                "host-read",
                "Reading 'smoothLoss' makes the host wait for the device inside a batch, at AFTER_BATCH. Take the Learner to"
                        + " read it less often, and acknowledge it: @HostRead(\"…\") on 'h'.",
                "class Foo { @On(Event.AFTER_BATCH) void h(double ^smoothLoss) { hashCode(); } }");
        warns(
                "host-read",
                "'h' acknowledges a host read, and has none inside a batch. Delete @HostRead.",
                "class Foo { @On(Event.AFTER_PRED) ^@HostRead(\"rarely\") void h(Tensor pred) { pred.dim(); } }");
        warns(
                "host-read",
                "'read' is no handler, so its @HostRead acknowledges nothing. Move @HostRead to the handlers that call it.",
                "class Foo { ^@HostRead(\"rarely\") double read(Tensor pred) { return pred.item_double(); } }");
    }

    @Test
    void aSwallowedCancel() {
        warns(
                "swallowed-cancel",
                "catch of Exception also catches CancelFitException, which then cancels nothing. Catch it before and throw it"
                        + " on.",
                "class Foo { @On(Event.AFTER_FIT) void h(int epoch) { try { if (epoch > 1) throw CancelFitException.INSTANCE; }"
                        + " catch (^Exception e) {} } }");
    }

    @Test
    void anIgnoredUndo() {
        warns(
                "ignored-undo",
                "The result of 'noLogging()' is thrown away, so nothing undoes what it does. Close it: try (var undo = …) { … },"
                        + " or learner.until(…).",
                "class Foo { void h(Learner learner) { learner^.noLogging(); } }");
    }

    @Test
    void aHandlerOfALocalClass() {
        method(
                "local-class",
                "'h' is in a local or anonymous class, for which no table can be generated: it never runs. Make the class a"
                        + " member or a class of its own.",
                "Object o() { return new Object() { ^@On(Event.AFTER_FIT) void h() {} }; }");
    }

    @Test
    void onePlaceIsReportedOnce() {
        String body =
                "class Foo { @On(Event.BEFORE_FIT) void f(Learner l) { read(l); } @On(Event.AFTER_FIT) void g(Learner l) {"
                        + " read(l); } static void read(Learner l) { l.pred(); } }";
        assertEquals(1, Compiling.compile(Sources.of(body)).errors().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class Foo { @SuppressWarnings(\"rondo:host-read\") " + READS + " }",
                "@SuppressWarnings(\"rondo:host-read\") class Foo { " + READS + " }",
                "class Foo { @On(Event.AFTER_LOSS) void h(Tensor loss) { @SuppressWarnings(\"rondo:host-read\") double d ="
                        + " loss.item_double(); System.out.println(d); } }",
                "class Foo { @HostRead(\"it prints\") " + READS + " }",
            })
    void whatIsSuppressedOrAcknowledgedIsNotReported(String body) {
        Compiling.clean(Compiling.compile(Sources.of(body)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Arondo.bodies=off", "-Arondo.severity.host_read=off"})
    void optionsSwitchThemOff(String option) {
        Compiling.clean(Compiling.compile(Sources.of("class Foo { " + READS + " }"), option));
    }

    @Test
    void withoutProcessorsNothingIsSaid() {
        JavaFileObject source = Sources.of("class Foo { " + READS + " }");
        Compiling.clean(Compiling.compileWith(List.of(source), List.of(), List.of(), List.of("-proc:none")));
    }

    @Test
    void aBaseOfAnotherArtifactIsNotLookedAt(@TempDir Path folder) {
        JavaFileObject base =
                Sources.in("q", "public class Base { protected void read(Learner learner) { learner.pred(); } }");
        Path library = Compiling.writeTo(folder, Compiling.clean(Compiling.compile(base)));
        JavaFileObject sub = Sources.of(
                "class Sub extends q.Base { @On(Event.BEFORE_FIT) void h(Learner learner) { read(learner); } }");
        Compiling.clean(Compiling.compile(List.of(sub), List.of(library), List.of()));
    }

    @Test
    void aBaseOfAnotherArtifactMayClearItsFields(@TempDir Path folder) {
        JavaFileObject base = Sources.in("q", "public class Base { protected Tensor last; }");
        Path library = Compiling.writeTo(folder, Compiling.clean(Compiling.compile(base)));
        JavaFileObject sub =
                Sources.of("class Sub extends q.Base { @On(Event.AFTER_PRED) void h(Tensor pred) { last = pred; } }");
        Compiling.clean(Compiling.compile(List.of(sub), List.of(library), List.of()));
    }

    @Test
    void aReasonMayHaveAnyCharacters() {
        String reason = "@HostRead(\"a|b } */ \\\\u0041 $L { \\n c\") ";
        Compilation compilation = Compiling.clean(Compiling.compile(
                Sources.of("@TrainingPlan(Foo.class) interface Odd {}"),
                Sources.of("class Foo { " + reason + READS + " }")));
        assertTrue(
                Compiling.generated(compilation, "p.Odd.md").contains("| a b      u0041 $L     c |"),
                () -> Compiling.generated(compilation, "p.Odd.md"));
    }

    @Test
    void aPlanWithoutHostReads() {
        String plan =
                "class Foo { @TrainingPlan(value = {TrainEvalCallback.class, Foo.class}, hostReads = HostReads.NONE)"
                        + " interface Strict {} ";
        Compilation acknowledged = Compiling.compile(Sources.of(plan + "@HostRead(\"it prints\") " + READS + " }"));
        assertEquals(
                List.of(
                        "[rondo:plan-host-read] 'Foo' waits for the device at AFTER_LOSS, in 'h', and the plan allows no host"
                                + " reads. List another callback, or drop hostReads = NONE."),
                acknowledged.errors().stream().map(e -> e.getMessage(null)).toList());
        Compilation silenced =
                Compiling.compile(Sources.of(plan + "@SuppressWarnings(\"rondo:host-read\") " + READS + " }"));
        assertTrue(
                silenced.errors().get(0).getMessage(null).startsWith("[rondo:plan-host-read] 'Foo'"),
                () -> Compiling.summary(silenced));
    }
}
