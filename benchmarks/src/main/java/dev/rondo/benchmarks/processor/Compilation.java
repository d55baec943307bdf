package dev.rondo.benchmarks.processor;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles a folder of sources and measures the time. {@link #main} does so in a separate JVM. */
final class Compilation {
    /** Wall-clock time and CPU time in seconds. The CPU time includes the JIT compilers. */
    record Times(double wall, double cpu) {}

    private static final String PROCESSORS = "dev.rondo.processor.";

    private Compilation() {}

    /**
     * Runs the compilations and prints the times of the last one.
     *
     * @param args the output folder, then two arguments per compilation: its source folder, and how it is processed, see {@link #compile}
     */
    public static void main(String[] args) throws IOException {
        Times times = run(args);
        System.out.println(times.wall + " " + times.cpu);
    }

    static Times run(String... args) throws IOException {
        Path classes = Path.of(args[0]);
        Times times = null;
        for (int i = 1; i < args.length; i += 2) {
            clear(classes);
            long cpu = cpuTime(), start = System.nanoTime();
            compile(Path.of(args[i]), classes, args[i + 1]);
            times = new Times((System.nanoTime() - start) / 1e9, (cpuTime() - cpu) / 1e9);
        }
        return times;
    }

    private static long cpuTime() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean os
                ? os.getProcessCpuTime()
                : 0;
    }

    /** @param how "" or an option of javac to run Rondo's processors, or else the folder that {@link CopyProcessor} copies */
    private static void compile(Path sources, Path classes, String how) throws IOException {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = javac.getStandardFileManager(diagnostics, Locale.ROOT, null);
                Stream<Path> all = Files.walk(sources)) {
            List<Path> inputs = all.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
            boolean succeeded = javac.getTask(
                            null,
                            files,
                            diagnostics,
                            options(classes, how),
                            null,
                            files.getJavaFileObjectsFromPaths(inputs))
                    .call();
            if (!succeeded || !diagnostics.getDiagnostics().isEmpty()) {
                throw new IllegalStateException(diagnostics.getDiagnostics().stream()
                        .limit(5)
                        .map(Diagnostic::toString)
                        .collect(Collectors.joining("\n", "The compilation has errors or warnings:\n", "")));
            }
        }
    }

    private static List<String> options(Path classes, String how) {
        List<String> options = new ArrayList<>(List.of("--release", "17", "-d", classes.toString()));
        options.addAll(List.of("-cp", System.getProperty("java.class.path")));
        if (how.isEmpty() || how.startsWith("-")) {
            options.addAll(List.of("--processor-path", processorPath()));
            if (!how.isEmpty()) options.add(how);
        } else {
            options.addAll(List.of("--processor-path", location(CopyProcessor.class.getName())));
            options.addAll(List.of("-processor", CopyProcessor.class.getName(), "-A" + CopyProcessor.FROM + "=" + how));
        }
        return options;
    }

    /** Returns the path of the processor and its dependencies. Its jar contains JavaPoet; a folder with its classes does not. */
    private static String processorPath() {
        return Stream.of(PROCESSORS + "CallbackProcessor", "dev.rondo.annotation.On", "com.squareup.javapoet.JavaFile")
                .filter(name -> resource(name) != null)
                .map(Compilation::location)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static URL resource(String type) {
        return Compilation.class.getResource("/" + type.replace('.', '/') + ".class");
    }

    /** Returns the jar or folder that contains a class. */
    private static String location(String type) {
        String url = Objects.requireNonNull(resource(type), type).toString();
        String entry = type.replace('.', '/') + ".class";
        String where = url.substring(0, url.length() - entry.length()).replaceFirst("^jar:(.*)!/$", "$1");
        try {
            return Path.of(new URI(where)).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(where, e);
        }
    }

    /** Empties a folder, or creates it. */
    static void clear(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                all.sorted(Comparator.reverseOrder()).forEach(Compilation::delete);
            }
        }
        Files.createDirectories(folder);
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
