package dev.rondo.processor.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** Finds the name that a misspelt one may stand for. */
public final class NearestName {
    private NearestName() {}

    /**
     * The nearest candidate whose {@link #distance} is at most a third of the name's length, or 1 for a name of two to five letters. Case and
     * underscores do not count.
     */
    public static Optional<String> of(String name, Collection<String> candidates) {
        String own = letters(name);
        int limit = own.length() < 2 ? 0 : Math.max(1, own.length() / 3);
        ToIntFunction<String> distance = candidate -> distance(own, letters(candidate));
        return candidates.stream()
                .filter(candidate -> distance.applyAsInt(candidate) <= limit)
                .min(Comparator.comparingInt(distance)
                        .thenComparing(candidate -> distance(name, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The letters and digits of a name in lower case: names of different styles, {@code trainIter} and {@code train_iter}, are equal. */
    public static String letters(String name) {
        return name.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
    }

    /** "Did you mean 'loss'?" */
    static String question(String name) {
        return "Did you mean '" + name + "'?";
    }

    /** "Did you mean 'loss'?" or, if no candidate is near, "There are: a, b, c." */
    public static String hint(String name, Collection<String> candidates) {
        return of(name, candidates)
                .map(NearestName::question)
                .orElseGet(() -> "There are: " + String.join(", ", candidates) + ".");
    }

    /**
     * The number of letters to insert, delete or replace, and of neighbours to swap, each letter touched once: the optimal string alignment
     * distance.
     *
     * @see <a href="https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance">Damerau–Levenshtein distance</a>
     */
    public static int distance(String one, String other) {
        int[][] steps = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) steps[i][0] = i;
        for (int j = 0; j <= other.length(); j++) steps[0][j] = j;
        for (int i = 1; i <= one.length(); i++) {
            for (int j = 1; j <= other.length(); j++) {
                boolean same = one.charAt(i - 1) == other.charAt(j - 1);
                int least = Math.min(steps[i - 1][j], steps[i][j - 1]) + 1;
                least = Math.min(least, steps[i - 1][j - 1] + (same ? 0 : 1));
                if (swaps(one, i, other, j)) least = Math.min(least, steps[i - 2][j - 2] + 1);
                steps[i][j] = least;
            }
        }
        return steps[one.length()][other.length()];
    }

    /** Whether the two letters before these places are the same in the other sequence. */
    private static boolean swaps(String one, int i, String other, int j) {
        return i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1);
    }
}
