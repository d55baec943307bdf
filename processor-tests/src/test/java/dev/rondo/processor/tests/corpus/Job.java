package dev.rondo.processor.tests.corpus;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Files to compile together. */
final class Job {
    private final String name;
    private final Map<String, String> files = new TreeMap<>();
    private final List<String> options = new ArrayList<>();
    private final List<String> withoutPlace = new ArrayList<>();
    private boolean silent;
    private String modulePath;
    private String also = "";

    Job(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Adds a source file. */
    Job file(String path, String source) {
        if (files.put(path, source) != null) throw new IllegalArgumentException("two files " + path);
        return this;
    }

    Job options(String... more) {
        options.addAll(List.of(more));
        return this;
    }

    /** Expects a diagnostic that has no place in any source. */
    Job expectWithoutPlace(String key) {
        withoutPlace.add("- " + key);
        return this;
    }

    /** Expects nothing in the files, whatever is marked: from a compiler that does not show bodies. */
    Job silentUnless(boolean showsBodies) {
        silent = !showsBodies;
        return this;
    }

    /** Compiles against class files too. */
    Job alsoOn(Path classes) {
        also = classes + File.pathSeparator;
        return this;
    }

    /** Compiles against modules instead of the class path of the tests. */
    Job modulePath(String path) {
        modulePath = path;
        return this;
    }

    /** What must be said, {@code file:line key}, in sequence. */
    List<String> expected() {
        List<String> expected = new ArrayList<>(withoutPlace);
        if (!silent)
            files.forEach((path, source) -> Markers.in(source)
                    .forEach((line, keys) -> keys.forEach(key -> {
                        expected.add(path + ":" + line + " " + key);
                    })));
        return expected.stream().sorted().toList();
    }

    void writeTo(Path folder, List<String> compilerOptions, String classPath) throws IOException {
        List<String> arguments = new ArrayList<>(compilerOptions);
        arguments.addAll(options);
        if (modulePath == null) arguments.addAll(List.of("-cp", also + classPath));
        else arguments.addAll(List.of("--module-path", modulePath));
        Files.createDirectories(folder.resolve("classes"));
        arguments.addAll(List.of(
                "-d",
                folder.resolve("classes").toString(),
                "-s",
                folder.resolve("classes").toString()));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = folder.resolve("src").resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
            arguments.add(path.toString());
        }
        Files.write(folder.resolve("arguments"), arguments);
    }
}
