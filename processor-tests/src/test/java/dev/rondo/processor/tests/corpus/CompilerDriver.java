package dev.rondo.processor.tests.corpus;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles in a JVM of its own, so that one JVM of each JDK does for all compilations: {@code java CompilerDriver COMPILER JOB…}, where a
 * job is a folder. It holds the arguments, one a line, in {@code arguments}; their source files lie in {@code src}; class files go to
 * {@code classes} and what the compiler says to {@code diagnostics}.
 */
public final class CompilerDriver {
    static final String ECJ = "org.eclipse.jdt.internal.compiler.tool.EclipseCompiler";

    private CompilerDriver() {}

    public static void main(String[] args) throws ReflectiveOperationException, IOException {
        JavaCompiler compiler = args[0].equals("javac")
                ? ToolProvider.getSystemJavaCompiler()
                : (JavaCompiler) Class.forName(args[0]).getConstructor().newInstance();
        for (String job : List.of(args).subList(1, args.length)) compile(compiler, Path.of(job));
    }

    private static void compile(JavaCompiler compiler, Path job) throws IOException {
        List<String> options = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        for (String argument : Files.readAllLines(job.resolve("arguments"))) {
            if (argument.endsWith(".java")) files.add(Path.of(argument));
            else options.add(argument);
        }
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        StringBuilder result = new StringBuilder();
        try (StandardJavaFileManager manager =
                        compiler.getStandardFileManager(diagnostics, Locale.ROOT, StandardCharsets.UTF_8);
                PrintStream log = new PrintStream(job.resolve("log").toFile(), StandardCharsets.UTF_8)) {
            boolean success = compiler.getTask(
                            new java.io.PrintWriter(log, false, StandardCharsets.UTF_8),
                            manager,
                            diagnostics,
                            options,
                            null,
                            manager.getJavaFileObjectsFromPaths(files))
                    .call();
            result.append(success ? "SUCCESS" : "FAILURE").append('\n');
        }
        for (Diagnostic<? extends JavaFileObject> diagnostic : diagnostics.getDiagnostics()) {
            result.append(new Message(
                            diagnostic.getKind().name(),
                            diagnostic.getSource() == null
                                    ? ""
                                    : Path.of(diagnostic.getSource().toUri()).toString(),
                            diagnostic.getLineNumber(),
                            diagnostic.getColumnNumber(),
                            diagnostic.getMessage(Locale.ROOT))
                    .toLine());
        }
        Files.writeString(job.resolve("diagnostics"), result);
    }
}
