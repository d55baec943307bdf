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
 * A program that is measured in a process of its own.
 *
 * @param command the file and its arguments
 * @param environment what is set for it beside the environment of this process
 */
public record Program(List<String> command, Map<String, String> environment) {
    /** How much of what a program said is repeated where it failed. */
    private static final int LAST_WORDS = 1500;

    public static Program of(String... command) {
        return new Program(List.of(command), Map.of());
    }

    /** A class with the class path and the options of this JVM, and these options behind them. */
    public static Program java(Class<?> main, List<String> options, String... args) {
        List<String> command = new ArrayList<>();
        command.add(javaCommand());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(args));
        return new Program(List.copyOf(command), Map.of());
    }

    /** The {@code java} of this JVM. */
    public static String javaCommand() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The same with more in its environment. */
    public Program with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        return new Program(command, Map.copyOf(all));
    }

    /**
     * Runs it to its end.
     *
     * @return what it wrote to its standard output
     * @throws FailedException if its status is not 0 or it takes longer than the limit; then it has been ended
     */
    public String run(Duration limit) throws IOException {
        Path out = Files.createTempFile("rondo-bench", ".out"), errors = Files.createTempFile("rondo-bench", ".err");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(errors.toFile());
            // What our own launcher has set for this JVM is not for others.
            builder.environment()
                    .keySet()
                    .removeIf(name -> name.startsWith("MALLOC_") || name.equals("GLIBC_TUNABLES"));
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            boolean ended = ended(process, limit);
            if (ended && process.exitValue() == 0) return text(out);
            String why = ended ? "exit status " + process.exitValue() : "not ended after " + limit.toSeconds() + " s";
            throw new FailedException(why + "\n" + end(text(out) + text(errors)));
        } finally {
            Files.delete(out);
            Files.delete(errors);
        }
    }

    /** The same; returns the last line, which may be empty. */
    public String lastLine(Duration limit) throws IOException {
        return run(limit).strip().lines().reduce("", (before, line) -> line);
    }

    private static boolean ended(Process process, Duration limit) throws IOException {
        try {
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) return true;
            end(process);
            return false;
        } catch (InterruptedException e) {
            end(process);
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted.", e);
        }
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroyForcibly();
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), Charset.defaultCharset());
    }

    private static String end(String said) {
        return said.substring(Math.max(0, said.length() - LAST_WORDS)).strip();
    }

    /** A program did not end as it should. */
    public static final class FailedException extends IOException {
        private static final long serialVersionUID = 1;

        FailedException(String message) {
            super(message);
        }
    }
}
