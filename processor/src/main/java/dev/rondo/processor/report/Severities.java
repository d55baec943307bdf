package dev.rondo.processor.report;

import dev.rondo.processor.model.NearestName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.annotation.processing.Messager;
import javax.tools.Diagnostic.Kind;

/**
 * The severities of diagnostics under the options {@code -Arondo.severity.<key>=error|warning|off}. javac accepts only identifiers in the name
 * of an option, so hyphens of keys are underscores there: {@code rondo.severity.shadow_field}.
 */
public final class Severities {
    private static final String OPTIONS = "rondo.";
    private static final String PREFIX = OPTIONS + "severity.";
    /** Whether bodies are checked: {@code on} or {@code off}. */
    private static final String BODIES = OPTIONS + "bodies";

    private static final Map<String, Optional<Kind>> VALUES = new TreeMap<>(
            Map.of("error", Optional.of(Kind.ERROR), "warning", Optional.of(Kind.WARNING), "off", Optional.empty()));

    private final Map<String, Optional<Kind>> changed;

    /** Reads the options. {@link #reportFaults} reports invalid ones. */
    public Severities(Map<String, String> options) {
        changed = options.entrySet().stream()
                .filter(option -> fault(option.getKey(), option.getValue()).isEmpty())
                .filter(option -> option.getKey().startsWith(PREFIX))
                .collect(Collectors.toMap(option -> key(option.getKey()), option -> VALUES.get(option.getValue())));
    }

    /** All valid options. */
    public static Set<String> options() {
        Set<String> options = severities();
        options.add(BODIES);
        return options;
    }

    private static Set<String> severities() {
        return Diagnostic.keys().stream().map(Severities::option).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether the options leave the checks of bodies on. */
    public static boolean checksBodies(Map<String, String> options) {
        return !"off".equals(options.get(BODIES));
    }

    /** The given names with Rondo's prefix, valid or not. */
    public static Set<String> ours(Map<String, String> options) {
        return options.keySet().stream()
                .filter(name -> name.startsWith(OPTIONS))
                .collect(Collectors.toSet());
    }

    /** The kind of a diagnostic; empty if it is off. */
    Optional<Kind> kind(Diagnostic diagnostic) {
        Optional<Kind> usual = Optional.of(diagnostic.severity().kind());
        return diagnostic.severity() == Severity.FIXED_ERROR ? usual : changed.getOrDefault(diagnostic.key(), usual);
    }

    /** Reports invalid options. They have no place in a source. */
    public static void reportFaults(Map<String, String> options, Messager messager) {
        new TreeMap<>(options).forEach((name, value) -> fault(name, value)
                .ifPresent(fault -> messager.printMessage(Kind.ERROR, Diagnostic.OPTION.text(name, fault))));
    }

    private static String option(String key) {
        return PREFIX + key.replace('-', '_');
    }

    private static String key(String option) {
        return option.substring(PREFIX.length()).replace('_', '-');
    }

    private static Optional<String> fault(String name, String value) {
        if (!name.startsWith(OPTIONS)) return Optional.empty();
        if (name.equals(BODIES)) {
            boolean known = "on".equals(value) || "off".equals(value);
            return known
                    ? Optional.empty()
                    : Optional.of("it is on or off, not '" + (value == null ? "" : value) + "'.");
        }
        if (!name.startsWith(PREFIX))
            return Optional.of("no such option. There are " + BODIES + " and " + PREFIX + "<key>.");
        String key = key(name);
        List<Diagnostic> variants = Diagnostic.of(key);
        if (variants.isEmpty()) return Optional.of("no such check. " + NearestName.hint(option(key), severities()));
        if (value == null || !VALUES.containsKey(value)) {
            return Optional.of("no severity is called '" + (value == null ? "" : value) + "'. "
                    + NearestName.hint(value == null ? "" : value, VALUES.keySet()));
        }
        boolean fixed = variants.stream().allMatch(d -> d.severity() == Severity.FIXED_ERROR);
        return fixed && !value.equals("error")
                ? Optional.of("what it finds cannot be compiled, so it stays an error. Delete the option.")
                : Optional.empty();
    }
}
