package dev.rondo.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Runs a benchmark inside the test's JVM. */
final class Bench {
    private Bench() {}

    static String run(String... args) {
        StringWriter out = new StringWriter();
        assertEquals(0, Main.commandLine().setOut(new PrintWriter(out)).execute(args), out::toString);
        return out.toString();
    }

    static String lastLine(String... args) {
        return run(args).lines().reduce((first, second) -> second).orElseThrow();
    }
}
