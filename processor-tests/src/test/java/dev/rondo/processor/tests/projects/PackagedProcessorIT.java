package dev.rondo.processor.tests.projects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The processor's jar needs nothing but the annotations, and keeps its JavaPoet to itself. */
class PackagedProcessorIT {
    private static final String OTHER = "package com.squareup.javapoet; public final class ClassName {}";
    private static final String FOO =
            "package p; class Foo { @dev.rondo.annotation.On(dev.rondo.event.Event.AFTER_FIT) void end() {} }";

    @TempDir
    Path folder;

    @Test
    void noClassHasANameOfAnotherProject() throws IOException {
        try (JarFile jar = new JarFile(Packaged.jar("processor").toFile())) {
            List<String> foreign = jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> !name.startsWith("META-INF/") && !"dev/rondo/processor/".startsWith(name))
                    .filter(name -> !name.startsWith("dev/rondo/processor/"))
                    .toList();
            assertEquals(List.of(), foreign);
            for (var entry :
                    jar.stream().filter(e -> e.getName().endsWith(".class")).toList()) {
                byte[] bytes = jar.getInputStream(entry).readAllBytes();
                String constants = new String(bytes, StandardCharsets.ISO_8859_1);
                assertTrue(!constants.contains("com/squareup") && !constants.contains("com.squareup"), entry.getName());
            }
        }
    }

    @Test
    void itWorksAloneAndBesideAnotherJavaPoet() throws IOException {
        Path other = folder.resolve("other");
        compile(OTHER, "com/squareup/javapoet/ClassName.java", other, List.of("-proc:none"));
        List<Path> alone = List.of(Packaged.jar("processor"), Packaged.jar("annotations"));
        List<Path> beside = new ArrayList<>(alone);
        beside.add(0, other);
        for (List<Path> path : List.of(alone, beside)) {
            Path classes = folder.resolve("classes" + path.size());
            String processors = path.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
            compile(FOO, "p/Foo.java", classes, List.of("-processorpath", processors));
            assertTrue(Files.exists(classes.resolve("p/Foo_Callbacks.class")));
        }
    }

    private void compile(String source, String file, Path classes, List<String> options) throws IOException {
        Path path = folder.resolve("src").resolve(file);
        Files.createDirectories(path.getParent());
        Files.createDirectories(classes);
        Files.writeString(path, source);
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of("-cp", System.getProperty("java.class.path"), "-d", classes.toString()));
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        var files = javac.getStandardFileManager(null, null, null).getJavaFileObjects(path);
        assertTrue(javac.getTask(said, null, null, all, null, files).call(), said::toString);
    }
}
