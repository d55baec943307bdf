package dev.rondo.processor.tests.corpus;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code // ! key} at the ends of lines: what must be reported there, {@code compiler} for an error of the compiler's own. */
final class Markers {
    private static final Pattern MARKER = Pattern.compile("// ! ([a-z -]+)$");

    private Markers() {}

    /** The keys by line. */
    static Map<Integer, List<String>> in(String source) {
        Map<Integer, List<String>> markers = new TreeMap<>();
        List<String> lines = source.lines().toList();
        for (int line = 1; line <= lines.size(); line++) {
            Matcher marker = MARKER.matcher(lines.get(line - 1));
            if (marker.find()) markers.put(line, List.of(marker.group(1).split(" ")));
        }
        return markers;
    }
}
