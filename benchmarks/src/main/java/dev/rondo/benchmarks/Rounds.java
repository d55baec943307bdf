package dev.rondo.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Times of several candidates that are measured in turn, A B C A B C …, so that a temporary slowdown of the machine affects all of them.
 * Candidates are compared within each round. The median over the rounds counts.
 */
public final class Rounds<K> {
    private final List<Map<K, Double>> rounds = new ArrayList<>();

    /** Starts a round. */
    public void begin() {
        rounds.add(new LinkedHashMap<>());
    }

    /** Records the time of a candidate in this round. */
    public void put(K candidate, double time) {
        rounds.get(rounds.size() - 1).put(candidate, time);
    }

    /** Returns the times of a candidate over the rounds in which it was measured, or empty if there are none. */
    public Optional<Stats> times(K candidate) {
        return stats(rounds.stream()
                .filter(round -> round.containsKey(candidate))
                .mapToDouble(round -> round.get(candidate))
                .toArray());
    }

    /** Returns the ratios of a candidate's time to that of another one in the same round, or empty if there are none. */
    public Optional<Stats> ratio(K candidate, K other) {
        return stats(rounds.stream()
                .filter(round -> round.containsKey(candidate) && round.containsKey(other))
                .mapToDouble(round -> round.get(candidate) / round.get(other))
                .toArray());
    }

    private static Optional<Stats> stats(double[] values) {
        return values.length == 0 ? Optional.empty() : Optional.of(Stats.of(values));
    }
}
