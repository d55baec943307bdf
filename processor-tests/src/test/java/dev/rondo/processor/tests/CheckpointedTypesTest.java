package dev.rondo.processor.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rondo.annotation.Checkpointed;
import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import dev.rondo.spi.CallbackTable;
import dev.rondo.spi.StateReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every type that a {@code @Checkpointed} field can have comes back with equal values. */
class CheckpointedTypesTest {
    record Point(double x, double y) {
        Point {
            if (x < 0) throw new IllegalArgumentException("x is below 0");
        }
    }

    record Best(String metric, OptionalDouble value, List<Point> points, Map<TimeUnit, Instant> times) {}

    record Tree(int value, List<Tree> children) {}

    record Pair<A, B>(A first, B second) {}

    static class Numbers {
        @Checkpointed
        boolean flag;

        @Checkpointed
        byte small;

        @Checkpointed
        short shorter;

        @Checkpointed
        int count;

        @Checkpointed
        long total;

        @Checkpointed
        float rate;

        @Checkpointed
        double worst;

        @Checkpointed
        char letter;

        @Checkpointed
        Integer box;

        @Checkpointed
        boolean[] flags;

        @Checkpointed
        byte[] bytes;

        @Checkpointed
        short[] shorts;

        @Checkpointed
        int[] ints;

        @Checkpointed
        long[] longs;

        @Checkpointed
        float[] floats;

        @Checkpointed
        double[] doubles;

        @Checkpointed
        char[] chars;

        @Checkpointed
        double[][] matrix;

        @On(Event.AFTER_FIT)
        void end() {}
    }

    static class Values {
        @Checkpointed
        String text;

        @Checkpointed
        String[] texts;

        @Checkpointed
        TimeUnit unit;

        @Checkpointed
        TimeUnit[] units;

        @Checkpointed
        Instant instant;

        @Checkpointed
        Duration duration;

        @Checkpointed
        Period period;

        @Checkpointed
        LocalDate date;

        @Checkpointed
        LocalTime time;

        @Checkpointed
        LocalDateTime dateTime;

        @Checkpointed
        OffsetDateTime offsetDateTime;

        @Checkpointed
        ZonedDateTime zonedDateTime;

        @Checkpointed
        ZoneId zone;

        @Checkpointed
        BigInteger integer;

        @Checkpointed
        BigDecimal decimal;

        @Checkpointed
        UUID uuid;

        @Checkpointed
        URI uri;

        @Checkpointed
        Path path;

        @Checkpointed
        OptionalInt optionalInt;

        @Checkpointed
        OptionalLong optionalLong;

        @Checkpointed
        OptionalDouble optionalDouble;

        @Checkpointed
        Optional<List<String>> optional;

        @Checkpointed
        Point point;

        @Checkpointed
        Best best;

        @Checkpointed
        Tree tree;

        @Checkpointed
        Pair<Integer, Pair<String, Point>> pair;

        @On(Event.AFTER_FIT)
        void end() {}
    }

    static class Containers {
        @Checkpointed
        Collection<Integer> collection;

        @Checkpointed
        List<Double> list;

        @Checkpointed
        ArrayList<String> arrayList;

        @Checkpointed
        LinkedList<Long> linkedList;

        @Checkpointed
        Set<String> set;

        @Checkpointed
        HashSet<Instant> hashSet;

        @Checkpointed
        EnumSet<TimeUnit> enumSet;

        @Checkpointed
        Queue<Integer> queue;

        @Checkpointed
        Deque<Point> deque;

        @Checkpointed
        Map<String, List<Double>> history;

        @Checkpointed
        HashMap<Integer, float[]> byEpoch;

        @Checkpointed
        EnumMap<TimeUnit, Set<Long>> byUnit;

        @Checkpointed
        Map<Boolean, Map<Character, Map<LocalDate, Optional<Best>>>> deep;

        @Checkpointed
        final Set<String> inPlace = new HashSet<>();

        @Checkpointed
        final TreeSet<String> downwards = new TreeSet<>(Comparator.reverseOrder());

        @Checkpointed
        final TreeMap<Integer, List<String>> sorted = new TreeMap<>();

        @On(Event.AFTER_FIT)
        void end() {}
    }

    private static Numbers numbers() {
        Numbers n = new Numbers();
        n.flag = true;
        n.small = -1;
        n.shorter = 300;
        n.count = Integer.MIN_VALUE;
        n.total = Long.MAX_VALUE;
        n.rate = 0.1f;
        n.worst = Double.NaN;
        n.letter = 'ä';
        n.box = 7;
        n.flags = new boolean[] {true, false};
        n.bytes = new byte[] {1, -128};
        n.shorts = new short[] {5};
        n.ints = new int[] {1, 2, 3};
        n.longs = new long[0];
        n.floats = new float[] {Float.POSITIVE_INFINITY};
        n.doubles = new double[] {0.1, Double.NaN};
        n.chars = new char[] {'a'};
        n.matrix = new double[][] {{1}, {}, {2, 3}};
        return n;
    }

    private static Values values() {
        Best best = new Best(
                "accuracy",
                OptionalDouble.of(0.9),
                List.of(new Point(1, 2), new Point(3, Double.NEGATIVE_INFINITY)),
                Map.of(TimeUnit.DAYS, Instant.EPOCH));
        Values v = new Values();
        v.text = "t";
        v.texts = new String[] {"a", null};
        v.unit = TimeUnit.HOURS;
        v.units = TimeUnit.values();
        v.instant = Instant.parse("2026-01-02T03:04:05.000000006Z");
        v.duration = Duration.ofNanos(123_456_789_012L);
        v.period = Period.of(1, 2, 3);
        v.date = LocalDate.of(2026, 1, 2);
        v.time = LocalTime.NOON;
        v.dateTime = v.date.atTime(v.time);
        v.offsetDateTime = OffsetDateTime.parse("2026-01-02T03:04:05+01:00");
        v.zonedDateTime = v.dateTime.atZone(ZoneId.of("Europe/Berlin"));
        v.zone = ZoneId.of("Asia/Tokyo");
        v.integer = BigInteger.TWO.pow(100);
        v.decimal = new BigDecimal("1.10");
        v.uuid = new UUID(1, 2);
        v.uri = URI.create("https://example.org/a?b=c");
        v.path = Path.of("a", "b");
        v.optionalInt = OptionalInt.of(1);
        v.optionalLong = OptionalLong.empty();
        v.optionalDouble = OptionalDouble.of(-0.0);
        v.optional = Optional.of(List.of("x"));
        v.point = new Point(1, 2);
        v.best = best;
        v.tree = new Tree(1, List.of(new Tree(2, List.of()), new Tree(3, List.of(new Tree(4, List.of())))));
        v.pair = new Pair<>(1, new Pair<>("a", null));
        return v;
    }

    private static Containers containers() {
        Containers c = new Containers();
        c.collection = List.of(3);
        c.list = Arrays.asList(1.5, null);
        c.arrayList = new ArrayList<>(List.of("a"));
        c.linkedList = new LinkedList<>(List.of(1L));
        c.set = Set.of("a", "b");
        c.hashSet = new HashSet<>(Set.of(Instant.EPOCH));
        c.enumSet = EnumSet.of(TimeUnit.DAYS, TimeUnit.HOURS);
        c.queue = new ArrayDeque<>(List.of(2, 1));
        c.deque = new ArrayDeque<>(List.of(new Point(0, 0)));
        c.history = new LinkedHashMap<>(Map.of("loss", new ArrayList<>(List.of(0.5, 0.25))));
        c.byEpoch = new HashMap<>(Map.of(3, new float[] {1, 2}));
        c.byUnit = new EnumMap<>(Map.of(TimeUnit.DAYS, Set.of(1L)));
        c.deep = Map.of(true, Map.of('k', Map.of(LocalDate.EPOCH, Optional.of(values().best))));
        c.inPlace.addAll(Set.of("p", "q"));
        c.downwards.addAll(Set.of("a", "b"));
        c.sorted.put(1, List.of("one"));
        return c;
    }

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
        restore(
                CheckpointedTypesTest_Numbers_Callbacks.of(n),
                saved(CheckpointedTypesTest_Numbers_Callbacks.of(numbers())));
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
        restore(
                CheckpointedTypesTest_Values_Callbacks.of(v),
                saved(CheckpointedTypesTest_Values_Callbacks.of(values())));
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
                CheckpointedTypesTest_Containers_Callbacks.of(c),
                saved(CheckpointedTypesTest_Containers_Callbacks.of(containers())));
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
        restore(
                CheckpointedTypesTest_Values_Callbacks.of(v),
                saved(CheckpointedTypesTest_Values_Callbacks.of(new Values())));
        assertEquals(
                saved(CheckpointedTypesTest_Values_Callbacks.of(new Values())),
                saved(CheckpointedTypesTest_Values_Callbacks.of(v)));
        assertEquals(null, v.best);
    }

    @Test
    void aStateSharesNothingWithTheCallback() {
        Containers c = containers();
        CallbackTable<?> table = CheckpointedTypesTest_Containers_Callbacks.of(c);
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
        CallbackTable<?> numbers = CheckpointedTypesTest_Numbers_Callbacks.of(numbers());
        says(numbers, "count", Double.NaN, "'count' is NaN (Double), not an Integer.");
        says(numbers, "count", 1L << 40, "'count' is 1099511627776 (Long), not an Integer.");
        says(numbers, "total", 0x1p63, "'total' is 9.223372036854776E18 (Double), not a Long.");
        says(numbers, "worst", (1L << 53) + 1, "'worst' is 9007199254740993 (Long), not a Double.");
        says(numbers, "rate", 1e300, "'rate' is 1.0E300 (Double), not a Float.");
        says(numbers, "flag", null, "'flag' is null, not a Boolean.");
        says(numbers, "ints", 3, "'ints' is 3 (Integer), not a list.");
        says(numbers, "ints", Arrays.asList(1, null), "'ints[1]' is null, not an Integer.");
        says(numbers, "matrix", List.of(List.of(), List.of("x")), "'matrix[1][0]' is x (String), not a Double.");

        CallbackTable<?> values = CheckpointedTypesTest_Values_Callbacks.of(values());
        says(values, "instant", "yesterday", "'instant' is yesterday (String), not an Instant.");
        says(
                values,
                "optionalInt",
                List.of(1, 2),
                "'optionalInt' has 2 elements, and an optional value is one or none.");
        says(values, "point", 1, "'point' is 1 (Integer), not a Point.");
        says(values, "point", Map.of("x", 1, "y", "?"), "'point.y' is ? (String), not a Double.");
        says(values, "point", Map.of("x", -1, "y", 2), "'point' is no valid Point: x is below 0.");

        CallbackTable<?> containers = CheckpointedTypesTest_Containers_Callbacks.of(containers());
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
        CallbackTable<?> values = CheckpointedTypesTest_Values_Callbacks.of(values());
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
        CallbackTable<?> table = CheckpointedTypesTest_Numbers_Callbacks.of(n);
        for (Number same : List.of(number, number.doubleValue())) {
            Map<String, Object> state = saved(table);
            state.put(name, same);
            restore(table, state);
            assertEquals(number.doubleValue(), ((Number) saved(table).get(name)).doubleValue());
        }
    }
}
