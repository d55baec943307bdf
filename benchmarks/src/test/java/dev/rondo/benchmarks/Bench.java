package dev.rondo.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs a benchmark in the JVM of the test. */
public final class Bench {
    private Bench() {}

    public static String run(String... args) {
        StringWriter out = new StringWriter();
        assertEquals(0, Main.commandLine().setOut(new PrintWriter(out)).execute(args), out::toString);
        return out.toString();
    }

    /** Runs a benchmark and returns the figures at the end of its output. */
    public static Map<String, Double> keys(String... args) {
        Map<String, Double> keys = new LinkedHashMap<>();
        run(args)
                .lines()
                .filter(line -> line.matches("[a-z0-9_.]+=.*"))
                .forEach(line -> keys.put(
                        line.substring(0, line.indexOf('=')), Double.valueOf(line.substring(line.indexOf('=') + 1))));
        return keys;
    }

    public static String lastLine(String... args) {
        return run(args).lines().reduce((first, second) -> second).orElseThrow();
    }
}
