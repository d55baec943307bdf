package valid.state;

import dev.rondo.annotation.Checkpointed;
import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

class States<T> {
    record Pair<A, B>(A first, B second) {}

    record Tree(int value, List<Tree> children) {}

    @Deprecated
    record Old(Instant instant) {
        @Deprecated
        Old {}
    }

    @Checkpointed
    double[][] matrix;

    @Checkpointed
    Map<String, List<Double>> history;

    @Checkpointed
    EnumMap<TimeUnit, Set<Path>> byUnit;

    @Checkpointed
    EnumSet<TimeUnit> units;

    @Checkpointed
    Deque<Optional<Duration>> deque = new ArrayDeque<>();

    @Checkpointed
    Collection<OptionalDouble> collection;

    @Checkpointed
    Map<Character, Map<Boolean, Pair<Integer, Pair<String, Tree[]>>>> deep;

    @Checkpointed
    final TreeMap<Integer, String[]> sorted = new TreeMap<>();

    @Checkpointed
    @SuppressWarnings("deprecation")
    Old old;

    @On(Event.AFTER_FIT)
    void end() {}
}
