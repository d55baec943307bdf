package dev.rondo.examples;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What {@code rondo inspect} says, for people. */
final class InspectText {
    private static final int LONGEST = 200;
    private static final List<String> UNITS = List.of("KiB", "MiB", "GiB", "TiB");

    private final StringBuilder text = new StringBuilder();

    private InspectText() {}

    static String of(Map<String, Object> facts) {
        InspectText text = new InspectText();
        if (facts.get("checkpoints") instanceof List<?> checkpoints) {
            for (Object checkpoint : checkpoints) text.listed((Map<?, ?>) checkpoint);
            text.text.append('\n');
            text.details((Map<?, ?>) facts.get("newest"));
        } else {
            text.details(facts);
        }
        return text.text.toString();
    }

    private void listed(Map<?, ?> checkpoint) {
        String name = Path.of((String) checkpoint.get("path")).getFileName().toString();
        line("%-28s %12s   %s", name, size(checkpoint.get("bytes")), isWhole(checkpoint) ? "whole" : "damaged");
    }

    private void details(Map<?, ?> facts) {
        line("%s", facts.get("path"));
        line("  %-10s %s", "whole", isWhole(facts) ? "yes" : "no: " + facts.get("problem"));
        line("  %-10s %s", "size", size(facts.get("bytes")) + counts(facts));
        for (String key : List.of("written", "progress", "counters", "row", "settings", "metadata")) {
            if (facts.get(key) != null) line("  %-10s %s", key, value(facts.get(key)));
        }
        if (facts.get("callbacks") instanceof Map<?, ?> callbacks) {
            line("  callbacks");
            callbacks.forEach((name, state) -> line("    %-20s %s", plain(name), value(state)));
        }
        if (facts.get("files") instanceof List<?> files) {
            line("  files");
            for (Object file : files) file((Map<?, ?>) file);
        }
    }

    private void file(Map<?, ?> file) {
        line("    %-28s %10s%s", plain(file.get("name")), size(file.get("bytes")), counts(file));
    }

    private static boolean isWhole(Map<?, ?> facts) {
        return Boolean.TRUE.equals(facts.get("whole"));
    }

    private static String counts(Map<?, ?> facts) {
        StringBuilder text = new StringBuilder();
        for (String what : List.of("tensors", "elements", "parameters")) {
            if (!(facts.get(what) instanceof Number number)) continue;
            String noun = number.longValue() == 1 ? what.substring(0, what.length() - 1) : what;
            text.append(String.format(Locale.ROOT, ", %,d %s", number.longValue(), noun));
        }
        return text.toString();
    }

    /** A value in a line: {@code fit 1, epoch 3}. */
    private static String value(Object value) {
        if (!(value instanceof Map<?, ?> map)) return plain(value);
        return cut(map.entrySet().stream()
                .map(entry -> plain(entry.getKey()) + " " + plain(entry.getValue()))
                .collect(Collectors.joining(", ")));
    }

    /** A text from a file, without characters that a terminal would obey. */
    private static String plain(Object value) {
        return cut(String.valueOf(value).replaceAll("\\p{C}", "?"));
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }

    private static String size(Object bytes) {
        double size = ((Number) bytes).doubleValue();
        if (size < 1024) return bytes + " bytes";
        int unit = -1;
        for (; size >= 1024 && unit < UNITS.size() - 1; unit++) size /= 1024;
        return String.format(Locale.ROOT, "%.1f %s", size, UNITS.get(unit));
    }
}
