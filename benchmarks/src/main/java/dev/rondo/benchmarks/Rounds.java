package dev.rondo.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Times of several things that are measured in turn, A B C A B C …, so that what slows the machine down for a while hits all of them.
 * They are compared within each round; of the rounds, the median counts.
 */
public final class Rounds<K> {
    private final List<Map<K, Double>> rounds = new ArrayList<>();

    /** Begins a round. */
    public void begin() {
        rounds.add(new LinkedHashMap<>());
    }

    /** Notes the time of something in this round. */
    public void put(K what, double time) {
        rounds.get(rounds.size() - 1).put(what, time);
    }

    /** Its times, over the rounds in which it was measured; empty if there is none. */
    public Optional<Stats> times(K what) {
        return stats(rounds.stream()
                .filter(r -> r.containsKey(what))
                .mapToDouble(r -> r.get(what))
                .toArray());
    }

    /** Its time in units of another one's of the same round. */
    public Optional<Stats> ratio(K what, K other) {
        return stats(rounds.stream()
                .filter(r -> r.containsKey(what) && r.containsKey(other))
                .mapToDouble(r -> r.get(what) / r.get(other))
                .toArray());
    }

    private static Optional<Stats> stats(double[] values) {
        return values.length == 0 ? Optional.empty() : Optional.of(Stats.of(values));
    }
}
