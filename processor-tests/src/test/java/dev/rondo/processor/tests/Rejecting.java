package dev.rondo.processor.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.testing.compile.Compilation;
import java.util.ArrayList;
import java.util.List;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/**
 * Asserts what the processor says about faulty code, in one line. A caret in the source stands before the place that the diagnostic must
 * point at; nothing else may be said.
 */
final class Rejecting {
    private Rejecting() {}

    /** A method of a callback. */
    static void method(String key, String message, String method) {
        type(key, message, "class Foo { " + method + " }");
    }

    /** A file in package {@code p} with the usual imports; other files may stand beside it. */
    static void type(String key, String message, String body, JavaFileObject... others) {
        List<JavaFileObject> files = new ArrayList<>(List.of(others));
        files.add(0, Sources.of(body.replace("^", "")));
        says(
                Compiling.compile(files),
                Diagnostic.Kind.ERROR,
                key,
                message,
                "package p; " + Sources.IMPORTS + " " + body);
    }

    /** The same for a warning. */
    static void warns(String key, String message, String body) {
        Compilation compilation = Compiling.compile(Sources.of(body.replace("^", "")));
        says(compilation, Diagnostic.Kind.WARNING, key, message, "package p; " + Sources.IMPORTS + " " + body);
    }

    static void says(Compilation compilation, Diagnostic.Kind kind, String key, String message, String marked) {
        List<Diagnostic<? extends JavaFileObject>> said = new ArrayList<>(compilation.diagnostics());
        // -Werror adds an error of its own.
        said.removeIf(d -> d.getCode().equals("compiler.err.warnings.and.werror"));
        assertEquals(1, said.size(), () -> Compiling.summary(compilation));
        Diagnostic<? extends JavaFileObject> diagnostic = said.get(0);
        assertEquals("[rondo:" + key + "] " + message, diagnostic.getMessage(null));
        assertEquals(kind, diagnostic.getKind());
        int caret = marked.indexOf('^');
        int lineStart = marked.lastIndexOf('\n', caret) + 1;
        long line = marked.substring(0, caret).chars().filter(c -> c == '\n').count() + 1;
        assertEquals(
                at(line, caret - lineStart + 1, marked),
                at(diagnostic.getLineNumber(), diagnostic.getColumnNumber(), marked));
    }

    /** Line and column, with the text there: mistakes are read off at once. */
    private static String at(long line, long column, String marked) {
        String text = marked.replace("^", "").split("\n", -1)[(int) line - 1];
        return line + ":" + column + " " + text.substring((int) column - 1);
    }
}
