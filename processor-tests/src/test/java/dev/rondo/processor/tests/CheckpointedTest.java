package dev.rondo.processor.tests;

import static dev.rondo.processor.tests.Rejecting.type;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rondo.Learner;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.Checkpointed;
import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import dev.rondo.spi.CallbackState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** Fields with {@code @Checkpointed}: generated code saves and restores them, all or none. */
class CheckpointedTest {
    enum Mode {
        ON,
        OFF {
            @Override
            public String toString() {
                return "not on";
            }
        }
    }

    static final class Dice implements CallbackState {
        long seed = 1;

        @Override
        public Map<String, Object> saveState() {
            return Map.of("seed", seed);
        }

        @Override
        public void loadState(Map<String, Object> state) {
            seed = ((Number) state.get("seed")).longValue();
        }
    }

    /** Without handlers: its fields belong to the tables of its subclasses. */
    abstract static class Counting {
        @Checkpointed
        protected int count;
    }

    @Callback(stateVersion = 2)
    static class Base extends Counting {
        @Checkpointed
        double total;

        @Checkpointed
        String text = "a";

        @Checkpointed
        Mode mode = Mode.ON;

        @Checkpointed
        char letter = 'x';

        @Checkpointed
        Boolean flag;

        @On(Event.AFTER_EPOCH)
        void end() {
            total++;
        }
    }

    static final class Sub extends Base implements CallbackState {
        @Checkpointed
        Tensor average;

        @Checkpointed
        final List<Long> history = new ArrayList<>();

        @Checkpointed
        List<Tensor> tensors;

        @Checkpointed
        Map<Mode, Float> byMode = new HashMap<>();

        @Checkpointed
        final Map<Integer, String> names = new LinkedHashMap<>();

        @Checkpointed
        final Dice dice = new Dice();

        String own = "mine";

        @Override
        public Map<String, Object> saveState() {
            return Map.of("own", own);
        }

        @Override
        public void loadState(Map<String, Object> state) {
            own = (String) state.get("own");
        }
    }

    private static Sub filled() {
        Sub sub = new Sub();
        sub.count = 3;
        sub.total = 0.5;
        sub.text = null;
        sub.mode = Mode.OFF;
        sub.letter = 'y';
        sub.flag = true;
        sub.average = torch.ones(2);
        sub.history.addAll(List.of(1L, 2L));
        sub.tensors = List.of(torch.zeros(1));
        sub.byMode.put(Mode.OFF, 1.5f);
        sub.names.put(7, "seven");
        sub.dice.seed = 9;
        sub.own = "yours";
        return sub;
    }

    @Test
    void everyFieldComesBackInAnotherLearner() {
        try (PointerScope scope = new PointerScope();
                Learner saving = Learners.with(filled());
                Learner loading = Learners.with(new Sub())) {
            Map<String, Map<String, Object>> states = saving.callbackStates();
            assertEquals("2/1", states.get("sub").get("@version"));
            assertEquals("OFF", states.get("sub").get("mode"));

            loading.fit(0, fit -> fit.resume(states));
            Sub sub = loading.callback(Sub.class).orElseThrow();
            assertEquals(3, sub.count);
            assertEquals(0.5, sub.total);
            assertEquals(null, sub.text);
            assertEquals(Mode.OFF, sub.mode);
            assertEquals('y', sub.letter);
            assertEquals(true, sub.flag);
            assertEquals(2, sub.average.sum().item_float());
            assertEquals(List.of(1L, 2L), sub.history);
            assertEquals(1, sub.tensors.size());
            assertEquals(Map.of(Mode.OFF, 1.5f), sub.byMode);
            assertEquals(Map.of(7, "seven"), sub.names);
            assertEquals(9, sub.dice.seed);
            assertEquals("yours", sub.own);
        }
    }

    @Test
    void aSavedStateIsACopyAndSurvivesItsRestoring() {
        try (PointerScope scope = new PointerScope();
                Learner learner = Learners.with(filled())) {
            Map<String, Map<String, Object>> states = learner.callbackStates();
            Sub sub = learner.callback(Sub.class).orElseThrow();
            sub.average.zero_();
            sub.history.clear();
            for (int i = 0; i < 2; i++) {
                learner.fit(0, fit -> fit.resume(states));
                assertEquals(2, sub.average.sum().item_float());
                assertEquals(List.of(1L, 2L), sub.history);
            }
        }
    }

    @Test
    void aStateThatDoesNotFitChangesNothingAndSaysWhy() {
        try (PointerScope scope = new PointerScope();
                Learner learner = Learners.with(filled())) {
            Map<String, Object> good = learner.callbackStates().get("sub");
            refused(learner, good, "total", null, "'total' is null, not a Double");
            refused(learner, good, "total", "much", "'total' is much (String), not a Double");
            refused(learner, good, "count", 1.5, "'count' is 1.5 (Double), not an Integer");
            refused(learner, good, "mode", "AUTO", "'mode' is AUTO (String), not a Mode (ON, OFF)");
            refused(learner, good, "names", Map.of("x", "y"), "'names' has the key 'x', which is not an Integer");
            refused(learner, good, "@version", "1/1", "has version 1/1, and its Sub reads version 2/1");
            refused(learner, good, "totl", 1, "has 'totl', which the callback does not know");
            Map<String, Object> less = new HashMap<>(good);
            less.remove("total");
            says(learner, Map.of("sub", less), "has no 'total'");
            says(learner, Map.of(), "no state for callback 'sub', a Sub");
            says(learner, Map.of("sub", good, "other", good), "state for 'other', and no callback of that name");
            assertEquals(0.5, learner.callback(Sub.class).orElseThrow().total);
        }
    }

    private static void refused(Learner learner, Map<String, Object> good, String name, Object value, String message) {
        Map<String, Object> bad = new HashMap<>(good);
        bad.put(name, value);
        says(learner, Map.of("sub", bad), message);
    }

    private static void says(Learner learner, Map<String, Map<String, Object>> states, String message) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> learner.fit(0, fit -> fit.resume(states)));
        assertEquals(true, e.getMessage().contains(message), e.getMessage());
    }

    private static final String HANDLER = " @On(Event.AFTER_FIT) void h() {} }";

    @Test
    void aPrivateField() {
        type(
                "private-checkpointed",
                "Generated code cannot reach 'total'. Drop 'private'.",
                "class Foo { @Checkpointed private double ^total;" + HANDLER);
    }

    /** kapt shows a property of Kotlin as a private field in a class with this annotation. */
    @Test
    void aPropertyOfKotlin() {
        var metadata = Sources.in("kotlin", "public @interface Metadata {}");
        type(
                "private-checkpointed",
                "Generated code cannot reach 'seen'. Annotate it with @JvmField.",
                "@kotlin.Metadata class Foo { @Checkpointed private int ^seen;" + HANDLER,
                metadata);
        type(
                "checkpointed-type",
                "'seen' is final, so nothing can be restored to it. Declare it as 'var'.",
                "@kotlin.Metadata class Foo { @Checkpointed final int ^seen = 0;" + HANDLER,
                metadata);
    }

    @Test
    void aFieldOfASuperclassThatIsOutOfReach() {
        type(
                "private-checkpointed",
                "Generated code cannot reach 'Mid.total'. Make it visible to the package of the callback.",
                "^class Foo extends q.Mid {" + HANDLER,
                Sources.in("q", "public class Mid { @Checkpointed protected double total; }"));
    }

    @Test
    void aTypeThatCannotBeSaved() {
        type(
                "checkpointed-type",
                "'Random' cannot be saved. Save its seed, or implement CallbackState.",
                "class Foo { @Checkpointed Random ^random;" + HANDLER);
        unsupported("Object", "'Object' cannot be saved. Save what it is made of");
        unsupported("List<Object>", "'Object' in 'List<Object>' cannot be saved. Save what it is made of");
        unsupported("Thread[]", "'Thread' in 'Thread[]' cannot be saved. Save what it is made of");
        unsupported(
                "Map<String, Set<Random>>", "'Random' in 'Map<String, Set<Random>>' cannot be saved. Save its seed");
        unsupported("List<?>", "'?' in 'List<?>' cannot be saved. State the type");
        unsupported("List", "'List' cannot be saved. State its type arguments");
        unsupported("List<String>[]", "'List<String>[]' cannot be saved. Use a List");
        unsupported(
                "TreeSet<String>",
                "'TreeSet<String>' cannot be saved. Make the field final, so that it keeps its comparator");
        unsupported(
                "Map<Tensor, String>",
                "'Map<Tensor, String>' cannot be saved. Use keys that are strings, numbers or enum constants");
        unsupported("Foo.Part", "'Object' in 'Foo.Part' cannot be saved. Save what it is made of");
    }

    private static void unsupported(String type, String message) {
        type(
                "checkpointed-type",
                message + ", or implement CallbackState.",
                "class Foo { record Part(int a, Object b) {} @Checkpointed " + type + " ^field;" + HANDLER);
    }

    @Test
    void aFinalFieldWhoseObjectCannotChange() {
        for (String field : List.of("int[] ^field = {}", "Optional<String> ^field = Optional.empty()")) {
            type(
                    "checkpointed-type",
                    "'field' is final, so nothing can be restored to it. Drop 'final'.",
                    "class Foo { @Checkpointed final " + field + ";" + HANDLER);
        }
    }

    @Test
    void aFieldThatCannotBeSet() {
        type(
                "checkpointed-type",
                "'total' is final, so nothing can be restored to it. Drop 'final'.",
                "class Foo { @Checkpointed final double ^total = 1;" + HANDLER);
        type(
                "checkpointed-type",
                "'total' is static; state belongs to a callback object. Drop 'static'.",
                "class Foo { @Checkpointed static double ^total;" + HANDLER);
    }

    @Test
    void twoFieldsOfOneName() {
        type(
                "checkpointed-type",
                "A superclass also saves a 'total'. Rename it: the name is the key.",
                "class Foo extends Base { @Checkpointed double ^total;" + HANDLER,
                Sources.of("class Base { @Checkpointed double total; @On(Event.BEFORE_FIT) void b() {} }"));
    }

    @Test
    void anEnumThatGeneratedCodeCannotName() {
        type(
                "checkpointed-type",
                "Generated code cannot name 'Foo.Mode'. Make 'Mode' visible to the package of the callback.",
                "class Foo { private enum Mode {} @Checkpointed Mode ^mode;" + HANDLER);
    }
}
