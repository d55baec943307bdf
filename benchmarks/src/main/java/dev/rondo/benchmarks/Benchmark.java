package dev.rondo.benchmarks;

import java.io.PrintWriter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A benchmark of the command line. It prints tables and, at the end, a line {@code key=value} for each of its figures. */
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

    /** Measures, and reports the results with the methods below. */
    protected abstract void measure() throws Exception;

    /** Returns the figures by name, in the order in which they are printed. */
    final Map<String, String> keys() {
        return Collections.unmodifiableMap(keys);
    }

    /** Prints a line to standard output. */
    protected final void print(Object text) {
        spec.commandLine().getOut().println(text);
        spec.commandLine().getOut().flush();
    }

    /** Prints a line about the progress to standard error. */
    protected final void progress(String format, Object... args) {
        spec.commandLine().getErr().println(String.format(Locale.ROOT, format, args));
        spec.commandLine().getErr().flush();
    }

    /** Adds a figure, which is printed at the end. */
    protected final void key(String name, double value) {
        keys.put(name, Table.number(value));
    }
}
