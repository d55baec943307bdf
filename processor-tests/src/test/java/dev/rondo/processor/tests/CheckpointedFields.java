package dev.rondo.processor.tests;

import dev.rondo.annotation.Checkpointed;
import dev.rondo.annotation.On;
import dev.rondo.event.Event;
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

/** Callbacks with a field of each type that {@code @Checkpointed} accepts, and examples of them. */
final class CheckpointedFields {
    private CheckpointedFields() {}

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

    static Numbers numbers() {
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

    static Values values() {
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

    static Containers containers() {
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
}
