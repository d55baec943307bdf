package dev.rondo.processor.tests;

import static dev.rondo.processor.tests.CheckpointedFields.containers;
import static dev.rondo.processor.tests.CheckpointedFields.numbers;
import static dev.rondo.processor.tests.CheckpointedFields.values;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rondo.annotation.Checkpointed;
import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import dev.rondo.processor.tests.CheckpointedFields.Containers;
import dev.rondo.processor.tests.CheckpointedFields.Numbers;
import dev.rondo.processor.tests.CheckpointedFields.Values;
import dev.rondo.spi.CallbackTable;
import dev.rondo.spi.StateReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every type that a {@code @Checkpointed} field can have comes back with equal values. */
class CheckpointedTypesTest {
    private static Map<String, Object> saved(CallbackTable<?> table) {
        Map<String, Object> state = new LinkedHashMap<>();
        table.saveState(state);
        return state;
    }

    private static void restore(CallbackTable<?> table, Map<String, Object> state) {
        StateReader reader = new StateReader("c", state);
        Runnable restored = table.restoreState(reader);
        reader.end();
        restored.run();
    }

    @Test
    void numbersAndTheirArrays() {
        Numbers n = new Numbers();
        restore(CheckpointedFields_Numbers_Callbacks.of(n), saved(CheckpointedFields_Numbers_Callbacks.of(numbers())));
        Numbers e = numbers();
        assertEquals(
                List.of(e.flag, e.small, e.shorter, e.count, e.total, e.rate, e.worst, e.letter, e.box),
                List.of(n.flag, n.small, n.shorter, n.count, n.total, n.rate, n.worst, n.letter, n.box));
        assertArrayEquals(
                new Object[] {e.flags, e.bytes, e.shorts, e.ints, e.longs, e.floats, e.doubles, e.chars, e.matrix},
                new Object[] {n.flags, n.bytes, n.shorts, n.ints, n.longs, n.floats, n.doubles, n.chars, n.matrix});
    }

    @Test
    void singleValuesOptionalsAndRecords() {
        Values v = new Values();
        restore(CheckpointedFields_Values_Callbacks.of(v), saved(CheckpointedFields_Values_Callbacks.of(values())));
        assertEquals(list(values()), list(v));
        assertArrayEquals(values().texts, v.texts);
        assertArrayEquals(values().units, v.units);
    }

    private static List<Object> list(Values v) {
        return List.of(
                v.text,
                v.unit,
                v.instant,
                v.duration,
                v.period,
                v.date,
                v.time,
                v.dateTime,
                v.offsetDateTime,
                v.zonedDateTime,
                v.zone,
                v.integer,
                v.decimal,
                v.uuid,
                v.uri,
                v.path,
                v.optionalInt,
                v.optionalLong,
                v.optionalDouble,
                v.optional,
                v.point,
                v.best,
                v.tree,
                v.pair);
    }

    @Test
    void containersOfAnyDepth() {
        Containers c = new Containers();
        Supplier<List<Object>> values = () -> List.of(
                c.collection,
                c.list,
                c.arrayList,
                c.linkedList,
                c.set,
                c.hashSet,
                c.enumSet,
                List.copyOf(c.queue),
                List.copyOf(c.deque),
                c.history,
                c.byUnit,
                c.deep,
                c.inPlace,
                List.copyOf(c.downwards),
                c.sorted);
        restore(
                CheckpointedFields_Containers_Callbacks.of(c),
                saved(CheckpointedFields_Containers_Callbacks.of(containers())));
        Containers e = containers();
        assertEquals(
                List.of(
                        e.collection,
                        e.list,
                        e.arrayList,
                        e.linkedList,
                        e.set,
                        e.hashSet,
                        e.enumSet,
                        List.copyOf(e.queue),
                        List.copyOf(e.deque),
                        e.history,
                        e.byUnit,
                        e.deep,
                        e.inPlace,
                        List.of("b", "a"),
                        e.sorted),
                values.get());
        assertArrayEquals(new float[] {1, 2}, c.byEpoch.get(3));
    }

    @Test
    void nullsStayNulls() {
        Values v = values();
        restore(CheckpointedFields_Values_Callbacks.of(v), saved(CheckpointedFields_Values_Callbacks.of(new Values())));
        assertEquals(
                saved(CheckpointedFields_Values_Callbacks.of(new Values())),
                saved(CheckpointedFields_Values_Callbacks.of(v)));
        assertEquals(null, v.best);
    }

    @Test
    void aStateSharesNothingWithTheCallback() {
        Containers c = containers();
        CallbackTable<?> table = CheckpointedFields_Containers_Callbacks.of(c);
        Map<String, Object> state = saved(table);
        c.history.get("loss").clear();
        restore(table, state);
        List<Double> restored = c.history.get("loss");
        assertEquals(List.of(0.5, 0.25), restored);
        restored.clear();
        restore(table, state);
        assertNotSame(restored, c.history.get("loss"));
        assertEquals(List.of(0.5, 0.25), c.history.get("loss"));
    }

    /** Restores the good state with one value replaced, and expects that nothing has changed. */
    private static String refused(CallbackTable<?> table, String name, Object value) {
        Map<String, Object> before = saved(table);
        Map<String, Object> bad = new HashMap<>(before);
        bad.put(name, value);
        Exception e = assertThrows(IllegalArgumentException.class, () -> restore(table, bad));
        assertEquals(before.toString(), saved(table).toString());
        return e.getMessage();
    }

    private static void says(CallbackTable<?> table, String name, Object value, String message) {
        assertEquals("In the state of callback 'c', " + message, refused(table, name, value));
    }

    @Test
    void aValueOfAnotherTypeIsNamedWithItsPlace() {
        CallbackTable<?> numbers = CheckpointedFields_Numbers_Callbacks.of(numbers());
        says(numbers, "count", Double.NaN, "'count' is NaN (Double), not an Integer.");
        says(numbers, "count", 1L << 40, "'count' is 1099511627776 (Long), not an Integer.");
        says(numbers, "total", 0x1p63, "'total' is 9.223372036854776E18 (Double), not a Long.");
        says(numbers, "worst", (1L << 53) + 1, "'worst' is 9007199254740993 (Long), not a Double.");
        says(numbers, "rate", 1e300, "'rate' is 1.0E300 (Double), not a Float.");
        says(numbers, "flag", null, "'flag' is null, not a Boolean.");
        says(numbers, "ints", 3, "'ints' is 3 (Integer), not a list.");
        says(numbers, "ints", Arrays.asList(1, null), "'ints[1]' is null, not an Integer.");
        says(numbers, "matrix", List.of(List.of(), List.of("x")), "'matrix[1][0]' is x (String), not a Double.");

        CallbackTable<?> values = CheckpointedFields_Values_Callbacks.of(values());
        says(values, "instant", "yesterday", "'instant' is yesterday (String), not an Instant.");
        says(
                values,
                "optionalInt",
                List.of(1, 2),
                "'optionalInt' has 2 elements, and an optional value is one or none.");
        says(values, "point", 1, "'point' is 1 (Integer), not a Point.");
        says(values, "point", Map.of("x", 1, "y", "?"), "'point.y' is ? (String), not a Double.");
        says(values, "point", Map.of("x", -1, "y", 2), "'point' is no valid Point: x is below 0.");

        CallbackTable<?> containers = CheckpointedFields_Containers_Callbacks.of(containers());
        says(containers, "list", Map.of(), "'list' is {} (MapN), not a list.");
        says(containers, "history", Map.of("loss", 1), "'history[loss]' is 1 (Integer), not a list.");
        says(
                containers,
                "deque",
                Arrays.asList((Object) null),
                "'deque[0]' is null, which the collection does not hold.");
        says(containers, "byEpoch", Map.of("1.5", List.of()), "'byEpoch' has the key '1.5', which is not an Integer.");
        says(containers, "inPlace", null, "'inPlace' is null, not a list.");
        String unknown = refused(containers, "enumSet", List.of("YEARS"));
        assertEquals(true, unknown.contains("'enumSet[0]' is YEARS (String), not a TimeUnit (NANOSECONDS, "), unknown);
    }

    static class Fixed {
        @Checkpointed
        int count;

        @Checkpointed
        final List<Integer> list;

        @Checkpointed
        final Map<String, Integer> map;

        Fixed(List<Integer> list, Map<String, Integer> map) {
            this.list = list;
            this.map = map;
        }

        @On(Event.AFTER_FIT)
        void end() {}
    }

    @Test
    void aFinalFieldWhoseContentsCannotBeReplaced() {
        Map<String, Object> state = Map.of("count", 1, "list", List.of(), "map", Map.of());
        String notList =
                "The final field 'list' of callback 'c' holds a collection that cannot be changed. Let it hold one that can,"
                        + " or drop 'final'.";
        String noMap = "The final field 'map' of callback 'c' holds null. Let it hold one that can, or drop 'final'.";
        Map<Fixed, String> cases =
                Map.of(new Fixed(List.of(), new HashMap<>()), notList, new Fixed(new ArrayList<>(), null), noMap);
        cases.forEach((fixed, message) -> {
            CallbackTable<?> table = CheckpointedTypesTest_Fixed_Callbacks.of(fixed);
            Exception e = assertThrows(IllegalArgumentException.class, () -> restore(table, state));
            assertEquals(message, e.getMessage());
            assertEquals(0, fixed.count);
        });
    }

    @Test
    void aRecordWithOtherComponentsIsOfAnotherVersion() {
        CallbackTable<?> values = CheckpointedFields_Values_Callbacks.of(values());
        assertEquals(
                "The state of callback 'c' has no 'point.y'. Restore it with the version of the class that saved it.",
                refused(values, "point", Map.of("x", 1)));
        assertEquals(
                "The state of callback 'c' has 'point.z', which the callback does not know. Restore it with the version of the"
                        + " class that saved it.",
                refused(values, "point", Map.of("x", 1, "y", 2, "z", 3)));
    }

    /** As after a file of JSON, which has one type of numbers. */
    @ParameterizedTest
    @CsvSource({"count, 3.0", "total, 4e15", "small, 7", "rate, 0.5", "worst, 2"})
    void numbersOfOtherTypesWithTheSameValueFit(String name, BigDecimal number) {
        Numbers n = numbers();
        CallbackTable<?> table = CheckpointedFields_Numbers_Callbacks.of(n);
        for (Number same : List.of(number, number.doubleValue())) {
            Map<String, Object> state = saved(table);
            state.put(name, same);
            restore(table, state);
            assertEquals(number.doubleValue(), ((Number) saved(table).get(name)).doubleValue());
        }
    }
}
