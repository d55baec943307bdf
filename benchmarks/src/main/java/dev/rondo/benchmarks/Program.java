package dev.rondo.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that runs in a process of its own.
 *
 * @param command the executable and its arguments
 * @param environment variables to set in addition to the environment of this process
 */
public record Program(List<String> command, Map<String, String> environment) {
    /** The maximum number of characters of a program's output that an error message repeats. */
    private static final int MAX_REPEATED_CHARS = 1500;

    public static Program of(String... command) {
        return new Program(List.of(command), Map.of());
    }

    /** Creates a program that runs a main class with the class path and the options of this JVM, followed by the given options. */
    public static Program java(Class<?> main, List<String> options, String... args) {
        List<String> command = new ArrayList<>();
        command.add(javaCommand());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(args));
        return new Program(List.copyOf(command), Map.of());
    }

    /** Returns the path of this JVM's {@code java}. */
    public static String javaCommand() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Returns a copy with more environment variables. */
    public Program with(Map<String, String> variables) {
        Map<String, String> merged = new HashMap<>(environment);
        merged.putAll(variables);
        return new Program(command, Map.copyOf(merged));
    }

    /**
     * Runs the program and waits for its end.
     *
     * @return its standard output
     * @throws FailedException if its exit status is not 0, or if it exceeds the time limit and is therefore terminated
     */
    public String run(Duration limit) throws IOException {
        Path out = Files.createTempFile("rondo-bench", ".out"), errors = Files.createTempFile("rondo-bench", ".err");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(errors.toFile());
            // The launcher sets these variables for Rondo alone.
            builder.environment()
                    .keySet()
                    .removeIf(name -> name.startsWith("MALLOC_") || name.equals("GLIBC_TUNABLES"));
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            boolean ended = endsWithin(process, limit);
            if (ended && process.exitValue() == 0) return text(out);
            String reason =
                    ended ? "exit status " + process.exitValue() : "not ended after " + limit.toSeconds() + " s";
            throw new FailedException(reason + "\n" + lastChars(text(out) + text(errors)));
        } finally {
            Files.delete(out);
            Files.delete(errors);
        }
    }

    /** Runs the program and returns the last line of its standard output, or an empty string. */
    public String lastLine(Duration limit) throws IOException {
        return run(limit).strip().lines().reduce("", (before, line) -> line);
    }

    private static boolean endsWithin(Process process, Duration limit) throws IOException {
        try {
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) return true;
            destroy(process);
            return false;
        } catch (InterruptedException e) {
            destroy(process);
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted.", e);
        }
    }

    private static void destroy(Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroyForcibly();
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), Charset.defaultCharset());
    }

    private static String lastChars(String output) {
        return output.substring(Math.max(0, output.length() - MAX_REPEATED_CHARS))
                .strip();
    }

    /** Thrown when a program fails or exceeds its time limit. */
    public static final class FailedException extends IOException {
        private static final long serialVersionUID = 1;

        FailedException(String message) {
            super(message);
        }
    }
}
