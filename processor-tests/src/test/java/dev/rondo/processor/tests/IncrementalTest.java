package dev.rondo.processor.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Gradle does after a change: it compiles the changed sources against the class files of the others, and hands the index processor,
 * which is aggregating, the tables that are not generated again, as class files.
 */
class IncrementalTest {
    private static final String IMPORTS = "package p; import dev.rondo.annotation.*; import dev.rondo.event.*; ";
    private static final String SERVICE = "META-INF/services/dev.rondo.spi.CallbackIndex";

    @TempDir
    Path folder;

    @Test
    void theIndexIsTheSameAsOfAFullBuild() throws IOException {
        source("A", "class A { @On(Event.AFTER_FIT) void h() {} }");
        source("B", "class B extends A { @Own void g() {} @EventType @interface Own { int order() default 0; } }");
        source("C", "class C { @B.Own void h() {} }");
        source("Plain", "class Plain {}");
        compile(List.of("A", "B", "C", "Plain"), List.of());
        String index = Files.readString(folder.resolve(SERVICE)).strip();
        String source = Files.readString(file(index));
        for (List<String> changed : List.of(List.of("A", "B"), List.of("C"), List.of("B", "C"), List.of("Plain"))) {
            delete(index);
            List<String> others = Stream.of("A", "B", "C")
                    .filter(name -> !changed.contains(name))
                    .map(name -> "p." + name + "_Callbacks")
                    .toList();
            for (String name : changed) {
                for (String old : List.of("p." + name, "p." + name + "_Callbacks")) delete(old);
            }
            compile(changed, others);
            assertEquals(index + "\n", Files.readString(folder.resolve(SERVICE)), changed::toString);
            assertEquals(source, Files.readString(file(index)));
        }
    }

    private void source(String name, String body) throws IOException {
        Files.writeString(folder.resolve(name + ".java"), IMPORTS + body);
    }

    private Path file(String generated) {
        return folder.resolve(generated.replace('.', '/') + ".java");
    }

    private void delete(String type) throws IOException {
        Files.deleteIfExists(file(type));
        Files.deleteIfExists(folder.resolve(type.replace('.', '/') + ".class"));
    }

    /** @param classes names of classes of the class path to process again */
    private void compile(List<String> names, List<String> classes) throws IOException {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager manager = javac.getStandardFileManager(null, null, null)) {
            String path = folder + File.pathSeparator + System.getProperty("java.class.path");
            List<String> options =
                    List.of("-d", folder.toString(), "-cp", path, "-Werror", "-Xlint:all,-path,-processing");
            JavaCompiler.CompilationTask task = javac.getTask(
                    said,
                    manager,
                    null,
                    options,
                    classes,
                    manager.getJavaFileObjectsFromPaths(names.stream()
                            .map(name -> folder.resolve(name + ".java"))
                            .toList()));
            task.setProcessors(Compiling.processors());
            assertTrue(task.call(), said::toString);
        }
    }
}
