package dev.rondo.processor.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.testing.compile.Compilation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Generated sources, letter by letter. {@code -Dgolden.update=true} writes the files instead of comparing; the diff is then reviewed. */
class GoldenTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    @Test
    void aCallbackWithEveryKindOfHandler() throws IOException {
        golden("GradientPenalty_Callbacks", """
                @Callback(order = 10, runs = Phase.TRAIN)
                public final class GradientPenalty {
                    @On(Event.AFTER_LOSS) @Writes("lossGrad")
                    Tensor penalize(@Read("lossGrad") Tensor loss, Tensor pred) { return pred; }
                    @On(value = {Event.BEFORE_STEP, Event.BEFORE_BACKWARD}, order = 20)
                    void skip(int trainIter) throws CancelBatchException, CancelFitException {}
                    @On(Event.AFTER_FIT) @Writes({"loss", "pred"})
                    void report(Learner learner) {}
                }""");
    }

    @Test
    void aCallbackOfOutermostFits() throws IOException {
        golden("Tracker_Callbacks", """
                @Callback(order = 63, kinds = {RunKind.FIT, RunKind.LR_FIND}, nested = false)
                class Tracker {
                    @On(Event.AFTER_EPOCH) void compare(int epoch) {}
                }""");
    }

    @Test
    void aSubclassDelegatesToItsBase() throws IOException {
        golden("Sub_Callbacks", """
                class Sub extends Base {
                    @Override @On(value = {Event.AFTER_EPOCH, Event.AFTER_FIT}, order = -1) void second(int trainIter) {}
                    @On(Event.BEFORE_EPOCH) void third() {}
                }""", """
                class Base {
                    @On(Event.BEFORE_FIT) void first() {}
                    @On({Event.AFTER_EPOCH, Event.AFTER_FIT}) void second(int epoch) {}
                }""");
    }

    @Test
    void aGenericNestedCallback() throws IOException {
        golden("Outer_Inner_Callbacks", """
                class Outer<T extends Number> {
                    @SuppressWarnings("rondo:inner-class") class Inner<S extends Tensor> {
                        @Deprecated(forRemoval = true) @On(Event.AFTER_PRED) @Writes("pred") S h() { return null; }
                        @On(Event.AFTER_LOSS) void h(Object loss) {}
                        @On(Event.AFTER_FIT) void h(Learner learner) {}
                    }
                }""");
    }

    @Test
    void aCallbackWithEventsOfItsOwn() throws IOException {
        golden("Critic_Callbacks", """
                @Callback(order = 10)
                class Critic extends Judge {
                    @AfterGeneratorStep(order = 5) @On(value = Event.AFTER_STEP, order = 7)
                    void score(CallbackHandle handle, RunKind runKind, Recorder recorder) throws CancelBatchException {}
                    @AfterGeneratorStep @AfterDiscriminatorStep void count(Recorder recorder) {}
                    @EventType @interface AfterDiscriminatorStep { int order() default 0; }
                }""", """
                class Judge {
                    @AfterGeneratorStep void judge(Tensor loss) {}
                }""", """
                @EventType(within = Scope.BATCH) @interface AfterGeneratorStep { int order() default 0; }""");
    }

    @Test
    void aPlan() throws IOException {
        Compilation compilation = Compiling.clean(Compiling.compile(
                Sources.of("@TrainingPlan({Recorder.class, Critic.class, Stopper.class}) interface Strict {}"),
                Sources.of("""
                        @Callback(order = 60, runs = Phase.TRAIN)
                        class Critic extends Judge {
                            @On({Event.AFTER_BATCH, Event.AFTER_EPOCH}) void score(double smoothLoss) {}
                            @AfterJudgement void judged() {}
                        }"""),
                Sources.of(
                        "class Judge { @On(value = Event.BEFORE_STEP, order = -1.5) @Writes(\"pred\") Tensor judge(Tensor pred) { return pred; } }"),
                Sources.of(
                        "class Stopper { @On(Event.BEFORE_STEP) void stop(Tensor loss) throws CancelStepException {} }"),
                Sources.of("@EventType(within = Scope.BATCH) @interface AfterJudgement { int order() default 0; }")));
        compare("Strict_Plan.java", Compiling.generated(compilation, "p/Strict_Plan.java"));
        compare("p.Strict.md", Compiling.generated(compilation, "META-INF/rondo/plans/p.Strict.md"));
    }

    @Test
    void anIndex() throws IOException {
        Compilation compilation = Compiling.clean(Compiling.compile(
                Sources.of("class Outer { static class Inner { @On(Event.AFTER_FIT) void h() {} } }"),
                Sources.in("q", "public class Other { @On(Event.AFTER_FIT) void h() {} }")));
        String name =
                Compiling.generated(compilation, "dev.rondo.spi.CallbackIndex").strip();
        compare("CallbackIndex.java", Compiling.generated(compilation, name.replace('.', '/') + ".java"));
    }

    private static void golden(String generated, String... sources) throws IOException {
        Compilation compilation = Compiling.clean(
                Compiling.compile(Arrays.stream(sources).map(Sources::of).toList()));
        compare(generated + ".java", Compiling.generated(compilation, "p/" + generated + ".java"));
    }

    private static void compare(String file, String generated) throws IOException {
        Path golden = GOLDEN.resolve(file + ".txt");
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, generated);
        }
        assertEquals(Files.exists(golden) ? Files.readString(golden) : golden + " is missing", generated);
    }
}
