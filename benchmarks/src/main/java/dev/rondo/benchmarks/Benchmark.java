package dev.rondo.benchmarks;

import java.io.PrintWriter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A benchmark of the command line: prints tables and, when it has ended, a line {@code key=value} for each figure that it stands for. */
public abstract class Benchmark implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    private final Map<String, String> keys = new LinkedHashMap<>();

    @Override
    public final Integer call() throws Exception {
        measure();
        PrintWriter out = spec.commandLine().getOut();
        keys.forEach((key, value) -> out.println(key + "=" + value));
        out.flush();
        return 0;
    }

    /** Measures, and says what it found with the methods below. */
    protected abstract void measure() throws Exception;

    /** The figures that it has noted, by name, in the sequence of its last lines. */
    final Map<String, String> keys() {
        return Collections.unmodifiableMap(keys);
    }

    /** Prints something for the reader, with a line's end. */
    protected final void print(Object text) {
        spec.commandLine().getOut().println(text);
        spec.commandLine().getOut().flush();
    }

    /** Tells the reader how far it is, on standard error. */
    protected final void progress(String format, Object... args) {
        spec.commandLine().getErr().println(String.format(Locale.ROOT, format, args));
        spec.commandLine().getErr().flush();
    }

    /** Notes a figure for the last lines. */
    protected final void key(String name, double value) {
        keys.put(name, Table.number(value));
    }
}
