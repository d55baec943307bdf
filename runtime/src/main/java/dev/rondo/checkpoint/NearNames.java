package dev.rondo.checkpoint;

import dev.rondo.check.NearestName;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds what an unknown name of a file may mean.
 *
 * @param wanted the missing tensors: from name to type and shape
 */
record NearNames(Map<String, String> wanted) {
    /** Longer names are not compared: the time grows with the square of the length. */
    private static final int LONGEST = 200;

    /** Prefixes with a known origin. */
    private static final Map<String, String> ORIGINS =
            Map.of("module.", ", as DataParallel writes them", "_orig_mod.", ", as torch.compile writes them");

    /** A remark on an unknown name, or "". */
    String suggestion(String name, String form) {
        if (name.length() > LONGEST) return "";
        record Candidate(String name, int distance, boolean sameShape) {
            boolean isNear(String unknown) {
                boolean sameEnd = sameShape && end(name).equals(end(unknown)); // as fc.weight and head.weight
                return sameEnd || distance <= Math.max(2, unknown.length() / (sameShape ? 2 : 4));
            }
        }
        return wanted.entrySet().stream()
                .filter(e -> e.getKey().length() <= LONGEST)
                .map(e -> new Candidate(
                        e.getKey(),
                        NearestName.distance(name, e.getKey()),
                        shape(form).equals(shape(e.getValue()))))
                .filter(c -> c.isNear(name))
                .min(Comparator.comparing((Candidate c) -> !c.sameShape()).thenComparing(Candidate::distance))
                .map(c -> " (did you mean '" + c.name() + "'?)")
                .orElse("");
    }

    private static String end(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static String shape(String form) {
        return form.substring(form.indexOf('['));
    }

    /** A line with the prefix that all unknown, or all missing, names have too much, or "". */
    static String prefixHint(List<String> unknown, Set<String> missing) {
        Optional<String> extra = prefix(unknown, missing);
        if (extra.isPresent()) {
            String prefix = extra.get();
            return "\nNames begin with '" + prefix + "'" + ORIGINS.getOrDefault(prefix, "")
                    + ": load with new LoadOptions()" + ".stripPrefix(\"" + prefix + "\").";
        }
        return prefix(missing, Set.copyOf(unknown))
                .map(prefix -> "\nThe model's names begin with '" + prefix
                        + "': load with new LoadOptions().addPrefix(\"" + prefix + "\").")
                .orElse("");
    }

    /** What stands before the short names in at least half of them. */
    private static Optional<String> prefix(Collection<String> longer, Set<String> shorter) {
        return longer.stream()
                .limit(10)
                .flatMap(name -> prefixes(name).filter(p -> shorter.contains(name.substring(p.length()))))
                .distinct()
                .filter(p -> 2
                                * longer.stream()
                                        .filter(name ->
                                                name.startsWith(p) && shorter.contains(name.substring(p.length())))
                                        .count()
                        >= shorter.size())
                .findFirst();
    }

    /** The beginnings of a name that end with a dot. */
    private static Stream<String> prefixes(String name) {
        return name.chars().filter(c -> c == '.').limit(20).count() == 0
                ? Stream.empty()
                : Stream.iterate(
                                name.indexOf('.') + 1,
                                end -> end > 0 && end < LONGEST,
                                end -> name.indexOf('.', end) + 1)
                        .map(end -> name.substring(0, end));
    }
}
