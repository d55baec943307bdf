package dev.rondo.processor.tests;

import static com.google.testing.compile.Compiler.javac;

import com.google.testing.compile.Compilation;
import dev.rondo.processor.CallbackIndexProcessor;
import dev.rondo.processor.CallbackProcessor;
import dev.rondo.processor.CustomEventProcessor;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.JavaFileObject;

/** Compiles sources with the processors, with all warnings on and none allowed. */
public final class Compiling {
    private Compiling() {}

    static Compilation compile(JavaFileObject... sources) {
        return compile(Arrays.asList(sources));
    }

    static Compilation compile(List<JavaFileObject> sources) {
        return compile(sources, List.of(), List.of());
    }

    /** Compiles one source with an option more. */
    static Compilation compile(JavaFileObject source, String option) {
        return compileWith(List.of(source), List.of(), processors(), List.of(option));
    }

    public static List<Processor> processors() {
        return List.of(new CallbackIndexProcessor(), new CallbackProcessor(), new CustomEventProcessor());
    }

    /** Compiles beside other processors, and against folders of class files. */
    static Compilation compile(List<JavaFileObject> sources, List<Path> classPath, List<Processor> others) {
        List<Processor> processors = new ArrayList<>(others);
        processors.addAll(processors());
        return compileWith(sources, classPath, processors);
    }

    static Compilation compileWith(List<JavaFileObject> sources, List<Path> classPath, List<Processor> processors) {
        return compileWith(sources, classPath, processors, List.of());
    }

    /** No processor claims the annotations of custom events, so javac must not warn about them. */
    public static Compilation compileWith(
            List<JavaFileObject> sources, List<Path> classPath, List<Processor> processors, List<String> options) {
        List<File> path = Stream.concat(
                        classPath.stream().map(Path::toFile),
                        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                                .map(File::new))
                .toList();
        List<String> all = new ArrayList<>(List.of("-Werror", "--release", "17"));
        if (options.stream().noneMatch(option -> option.startsWith("-Xlint"))) all.add("-Xlint:all,-path,-processing");
        all.addAll(options);
        return javac().withProcessors(processors)
                .withClasspath(path)
                .withOptions(all)
                .compile(sources);
    }

    /** What a compilation generated, by path: sources, class files and resources. */
    static String generated(Compilation compilation, String name) {
        for (JavaFileObject file : compilation.generatedFiles()) {
            if (file.getName().endsWith("/" + name)) return text(file);
        }
        throw new AssertionError(name + " was not generated; " + summary(compilation));
    }

    static boolean generates(Compilation compilation, String name) {
        return compilation.generatedFiles().stream()
                .anyMatch(file -> file.getName().endsWith("/" + name));
    }

    static String text(JavaFileObject file) {
        try (InputStream in = file.openInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts the class files and resources of a compilation into a folder, as an artifact that others compile against. */
    public static Path writeTo(Path folder, Compilation compilation) {
        try {
            for (JavaFileObject file : compilation.generatedFiles()) {
                if (!file.getName().startsWith("/CLASS_OUTPUT/")) continue;
                Path target = folder.resolve(file.getName().substring("/CLASS_OUTPUT/".length()));
                Files.createDirectories(target.getParent());
                try (InputStream in = file.openInputStream()) {
                    Files.write(target, in.readAllBytes());
                }
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A compilation that succeeded without a word. */
    static Compilation clean(Compilation compilation) {
        if (compilation.status() != Compilation.Status.SUCCESS
                || !compilation.diagnostics().isEmpty()) {
            throw new AssertionError(summary(compilation));
        }
        return compilation;
    }

    public static String summary(Compilation compilation) {
        return compilation.status() + "\n"
                + compilation.diagnostics().stream().map(String::valueOf).collect(Collectors.joining("\n"));
    }
}
