package dev.rondo.processor.report;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what a misspelt name may have meant. */
public final class NearestName {
    private NearestName() {}

    /** The nearest candidate, if it differs in no more than a third of the name's letters; or in one, of two or more. */
    public static Optional<String> of(String name, Collection<String> candidates) {
        int limit = name.length() < 2 ? 0 : Math.max(1, name.length() / 3);
        return candidates.stream()
                .filter(candidate -> distance(name, candidate) <= limit)
                .min(Comparator.comparingInt((String candidate) -> distance(name, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** "Did you mean 'loss'?", or all that there is: "There are: a, b, c." */
    public static String hint(String name, Collection<String> candidates) {
        return of(name, candidates)
                .map(nearest -> "Did you mean '" + nearest + "'?")
                .orElseGet(() -> "There are: " + String.join(", ", candidates) + ".");
    }

    /** The number of letters to insert, delete or replace (Levenshtein). */
    public static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) row[j] = j;
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
