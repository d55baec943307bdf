package dev.rondo.processor.tests;

import com.google.testing.compile.Compilation;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

/** What the processor says about a set of callbacks. */
class PlanRejectionTest {
    private static final String A = "class A { @On(Event.BEFORE_FIT) void a() {} }";
    private static final String REQUIRING = "class Logger { @On(Event.AFTER_EPOCH) void h(Recorder r) {} }";

    @Test
    void aClassThatIsListedTwice() {
        error(
                "plan-duplicate",
                "'A' is listed twice. Delete one, or register the second by hand.",
                "@TrainingPlan({A.class, A^.class}) interface P {}",
                A);
    }

    @Test
    void anAbstractClass() {
        error(
                "plan-abstract",
                "'A' is abstract. List a concrete class.",
                "@TrainingPlan({A^.class}) interface P {}",
                "abstract " + A);
    }

    @Test
    void whatIsNoCallback() {
        for (String type : List.of("String", "int", "int[]")) {
            error(
                    "plan-member",
                    "'" + type + "' is not a callback: it has no table. List classes that handle events.",
                    "@TrainingPlan({A.class, " + type + "^.class}) interface P {}",
                    A);
        }
        error(
                "plan-member",
                "The plan lists no callback. List those that run together.",
                "^@TrainingPlan({}) interface P {}");
    }

    @Test
    void aCallbackThatGeneratedCodeCannotName() {
        error(
                "plan-member",
                "Generated code cannot name 'Nest.Inner'. Make 'Nest' visible to the package of the plan.",
                "@TrainingPlan({A.class, Sub.Inner^.class}) interface P {}",
                List.of(
                        Sources.of(A),
                        Sources.of("class Sub extends q.Open {}"),
                        Sources.in("q", "public class Open extends Nest {}"),
                        Sources.in(
                                "q",
                                "class Nest { public static class Inner { @On(Event.BEFORE_FIT) public void b() {} } }")));
    }

    @Test
    void aCallbackThatAnotherRequires() {
        error(
                "plan-requirement",
                "'Logger' requires Recorder. Add Recorder.class.",
                "^@TrainingPlan(Logger.class) interface P {}",
                REQUIRING);
    }

    @Test
    void aReaderBeforeTheOnlyWriter() {
        error(
                "plan-read-before-write",
                "'Logger' (order 10) reads 'smoothLoss' at AFTER_BATCH before Recorder (50) sets it. Raise its order above 50.",
                "^@TrainingPlan({Recorder.class, Logger.class}) interface P {}",
                logger("10"));
        error(
                "plan-read-before-write",
                "'Logger' (order 50) reads 'smoothLoss' at AFTER_BATCH before Recorder (50) sets it. Raise its order above 50.",
                "^@TrainingPlan({Logger.class, Recorder.class}) interface P {}",
                logger("50"));
    }

    @Test
    void aReaderBehindTheWriterOrWithoutOne() {
        clean("@TrainingPlan({Recorder.class, Logger.class}) interface P {}", logger("50.5"));
        clean("@TrainingPlan({Logger.class}) interface P {}", logger("10"));
    }

    private static String logger(String order) {
        return "class Logger { @On(value = Event.AFTER_BATCH, order = " + order + ") void h(double smoothLoss) {} }";
    }

    @Test
    void anAttributeOfTheUsersLearnerThatIsReadBeforeItIsSet() {
        error(
                "plan-read-before-write",
                "'Early' (order 0) reads 'penalty' at AFTER_LOSS before Late (1) sets it. Raise its order above 1.",
                "^@TrainingPlan({Late.class, Early.class}) interface P {}",
                "@Callback(learner = MyLearner.class) class Early { @On(Event.AFTER_LOSS) void h(double penalty) {} }",
                "@Callback(learner = MyLearner.class, order = 1)"
                        + " class Late { @On(Event.AFTER_LOSS) @Writes(\"penalty\") double h() { return 1; } }",
                """
                class MyLearner extends Learner {
                    private double penalty;
                    MyLearner(LearnerBuilder b) { super(b); }
                    @Attribute(from = Event.AFTER_LOSS, writable = true) public double penalty() { return penalty; }
                    public void setPenalty(double penalty) { this.penalty = penalty; }
                }""");
    }

    private static final String PLAN = "^@TrainingPlan({A.class, B.class}) interface P {}";

    private static String writer(String options, String name, String order) {
        return options + " class " + name + " { @On(value = Event.AFTER_LOSS" + order
                + ") @Writes(\"lossGrad\") Tensor h(Tensor lossGrad) { return lossGrad; } }";
    }

    @Test
    void twoWritersOfEqualOrder() {
        warning(
                "plan-write-conflict",
                "'A' and 'B' both write 'lossGrad' at AFTER_LOSS with order 10. Order them.",
                PLAN,
                writer("", "A", ", order = 10"),
                writer("@Callback(order = 10)", "B", ""));
    }

    @Test
    void twoWritersThatNeverMeet() {
        clean(PLAN, writer("@Callback(runs = Phase.TRAIN)", "A", ""), writer("@Callback(runs = Phase.VALID)", "B", ""));
    }

    @Test
    void aChosenTieThatMatters() {
        warning(
                "plan-tie",
                "'A' and 'B' both have order 5 at AFTER_LOSS, and A writes 'lossGrad', which B reads. Order them.",
                PLAN,
                writer("", "A", ", order = 5"),
                "@Callback(order = 5) class B { @On(Event.AFTER_LOSS) void h(Tensor lossGrad) {} }");
        warning(
                "plan-tie",
                "'A' and 'B' both have order 5 at BEFORE_STEP, and both may cancel. Order them.",
                PLAN,
                canceller("A", "CancelStepException"),
                canceller("B", "CancelFitException"));
    }

    private static String canceller(String name, String cancel) {
        return "@Callback(order = 5) class " + name + " { @On(Event.BEFORE_STEP) void h() throws " + cancel + " {} }";
    }

    @Test
    void aTieThatNobodyChose() {
        clean(PLAN, writer("", "A", ""), "class B { @On(Event.AFTER_LOSS) void h(Tensor lossGrad) {} }");
    }

    @Test
    void callbacksOfTwoLearners() {
        error(
                "learner-type",
                "'B' needs Other, which 'Mine' is not. Name a subclass of Other as the learner.",
                "@TrainingPlan({A.class, B^.class}) interface P {}",
                "@Callback(learner = Mine.class) class A { @On(Event.AFTER_LOSS) void h() {} }",
                "@Callback(learner = Other.class) class B { @On(Event.AFTER_LOSS) void h() {} }",
                "class Mine extends Learner { Mine(LearnerBuilder b) { super(b); } }",
                "class Other extends Learner { Other(LearnerBuilder b) { super(b); } }");
    }

    @Test
    void aNameThatIsTaken() {
        error(
                "name-clash",
                "'P_Plan' exists already. Rename one class.",
                "@TrainingPlan(A.class) ^interface P {}",
                A,
                "class P_Plan {}");
    }

    @Test
    void aPlanOfAFaultyCallbackIsNotBlamed() {
        error(
                "private-handler",
                "'a' is private; generated code in its package cannot call it. Drop 'private'.",
                "class A { @On(Event.BEFORE_FIT) private void ^a() {} }",
                "@TrainingPlan(A.class) interface P {}");
    }

    @Test
    void suppressedFaultsLeaveAPlanThatCompiles() {
        clean(
                "@SuppressWarnings({\"rondo:plan-duplicate\", \"rondo:plan-requirement\"})"
                        + " @TrainingPlan({Logger.class, Logger.class}) interface P {}",
                REQUIRING);
    }

    private static void clean(String plan, String... files) {
        Compilation compilation =
                Compiling.clean(Compiling.compile(Stream.concat(Stream.of(plan.replace("^", "")), Arrays.stream(files))
                        .map(Sources::of)
                        .toList()));
        Compiling.generated(compilation, "p/P_Plan.java");
    }

    private static void error(String key, String message, String marked, String... files) {
        error(key, message, marked, Arrays.stream(files).map(Sources::of).toList());
    }

    private static void error(String key, String message, String marked, List<JavaFileObject> files) {
        says(Diagnostic.Kind.ERROR, key, message, marked, files);
    }

    private static void warning(String key, String message, String marked, String... files) {
        says(
                Diagnostic.Kind.WARNING,
                key,
                message,
                marked,
                Arrays.stream(files).map(Sources::of).toList());
    }

    private static void says(
            Diagnostic.Kind kind, String key, String message, String marked, List<JavaFileObject> files) {
        List<JavaFileObject> all = Stream.concat(Stream.of(Sources.of(marked.replace("^", ""))), files.stream())
                .toList();
        Rejecting.says(Compiling.compile(all), kind, key, message, "package p; " + Sources.IMPORTS + " " + marked);
    }
}
