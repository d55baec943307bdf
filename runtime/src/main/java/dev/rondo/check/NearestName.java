package dev.rondo.check;

import java.util.Collection;
import java.util.Comparator;

/** Finds the name that a misspelt one may stand for. */
public final class NearestName {
    private NearestName() {}

    /**
     * "Did you mean 'loss'?" or, if no candidate is near, "There are: a, b, c." A candidate is near if it is the name with a prefix, or
     * without one, or if at most a third of the letters differ.
     */
    public static String hint(String name, Collection<String> candidates) {
        return candidates.stream()
                .filter(c -> difference(name, c) <= Math.max(1, name.length() / 3))
                .min(Comparator.comparingInt((String c) -> difference(name, c))
                        .thenComparing(Comparator.naturalOrder()))
                .map(nearest -> "Did you mean '" + nearest + "'?")
                .orElseGet(() -> "There are: " + String.join(", ", candidates) + ".");
    }

    private static int difference(String name, String candidate) {
        boolean prefixed = name.endsWith("_" + candidate) || candidate.endsWith("_" + name);
        return prefixed ? 0 : distance(name, candidate);
    }

    /**
     * The number of insertions, deletions and replacements of letters, and of exchanges of neighbours, that make one name of another (the
     * optimal string alignment distance). The time grows with the product of the lengths.
     */
    public static int distance(String one, String other) {
        int[][] steps = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) steps[i][0] = i;
        for (int j = 0; j <= other.length(); j++) steps[0][j] = j;
        for (int i = 1; i <= one.length(); i++) {
            for (int j = 1; j <= other.length(); j++) {
                int replaced = steps[i - 1][j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                steps[i][j] = Math.min(replaced, 1 + Math.min(steps[i - 1][j], steps[i][j - 1]));
                boolean exchanged = i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1);
                if (exchanged) steps[i][j] = Math.min(steps[i][j], steps[i - 2][j - 2] + 1);
            }
        }
        return steps[one.length()][other.length()];
    }
}
