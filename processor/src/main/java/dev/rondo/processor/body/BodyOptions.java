package dev.rondo.processor.body;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Hands the options {@code -Arondo.…} from the processor to the plugin, which javac does not tell of them. Build tools may load the two with
 * different class loaders, so they meet in a system property with the name of the thread: javac does all of a compilation on one thread.
 * Without a processor, as with {@code -proc:none}, nothing is handed over, and the plugin stays silent.
 */
public final class BodyOptions {
    private static final String PREFIX = "rondo.";
    private static final String NOT_YET = "";

    private BodyOptions() {}

    private static String door() {
        return "dev.rondo.processor.options." + Thread.currentThread().getId();
    }

    /** Called by the plugin: a compilation begins on this thread. */
    static void expect() {
        System.setProperty(door(), NOT_YET);
    }

    /** Called by the processor. Does nothing without a plugin: in another compiler. */
    public static void handOver(Map<String, String> options) {
        if (System.getProperty(door()) == null) return;
        String ours = new TreeMap<>(options)
                .entrySet().stream()
                        .filter(option -> option.getKey().startsWith(PREFIX))
                        .map(option -> option.getKey() + "=" + (option.getValue() == null ? "" : option.getValue()))
                        .collect(Collectors.joining("\n"));
        System.setProperty(door(), "\n" + ours);
    }

    /** The options of this compilation; empty if no processor runs. */
    static Optional<Map<String, String>> take() {
        String ours = System.clearProperty(door());
        if (ours == null || ours.equals(NOT_YET)) return Optional.empty();
        Map<String, String> options = new TreeMap<>();
        ours.lines().filter(line -> !line.isEmpty()).forEach(line -> {
            int equals = line.indexOf('=');
            options.put(line.substring(0, equals), line.substring(equals + 1));
        });
        return Optional.of(options);
    }
}
