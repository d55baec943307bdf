package dev.rondo.processor.tests.projects;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Maven project of {@code src/it/projects}, copied out of this build, and built by a Maven of its own with a {@link Repository} of its
 * own.
 */
final class Project {
    /** Jars of bytedeco's with a platform in their name. */
    private static final String NATIVES = ".*-(linux|macosx|windows)-[^-]*(-gpu)?\\.jar";

    private final Path folder;
    private final Path javaHome;

    /** What a command printed, and how it ended. */
    record Run(int status, String output) {
        Run succeeds() {
            assertEquals(0, status, output);
            return this;
        }

        /** The line in which a program says what its callback has counted. */
        String counted() {
            succeeds();
            return output.lines().filter(line -> line.startsWith("counted")).collect(Collectors.joining("\n"));
        }
    }

    Project(String name, Path javaHome) throws IOException {
        this.javaHome = javaHome;
        folder = Path.of("target/projects").toAbsolutePath().resolve(name);
        Path source = Path.of("src/it/projects").resolve(name);
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = folder.resolve(source.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** {@code mvn package}, from the start. */
    Run build() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("maven.home"), "bin", windows() ? "mvn.cmd" : "mvn")
                        .toString(),
                "-B",
                "-e",
                "-Dmaven.repo.local=" + Repository.prepare(),
                "-Drondo.version=" + Packaged.VERSION,
                "-Drondo.natives=" + System.getProperty("natives"),
                "-Dmaven.test.skip=true"));
        for (String plugin : List.of("compiler", "jar", "resources", "shade", "surefire")) {
            String version = "maven-" + plugin + "-plugin.version";
            command.add("-D" + version + "=" + System.getProperty(version));
        }
        command.add("package");
        return run(command);
    }

    /** Changes a file of the copy. */
    void replace(String file, String text, String other) throws IOException {
        Path path = folder.resolve(file);
        Files.writeString(path, Files.readString(path).replace(text, other));
    }

    /** Starts a jar that has all that it needs inside. */
    Run javaJar(String jar) throws IOException, InterruptedException {
        return run(List.of(java(), "-jar", folder.resolve(jar).toString()));
    }

    /** Starts a program on the class path of the runtime and of these folders and jars. */
    Run java(String main, String... classPath) throws IOException, InterruptedException {
        return run(List.of(java(), "-cp", classPath(classPath), main));
    }

    /** Runs a session of JShell with the class path of the runtime. */
    Run jshell(String session) throws IOException, InterruptedException {
        Path file = folder.resolve("session.jsh");
        Files.writeString(file, session + "/exit\n");
        String jshell = javaHome.resolve("bin/jshell").toString();
        return run(List.of(jshell, "--class-path", classPath(), file.toString()));
    }

    private String classPath(String... entries) {
        Stream<String> own =
                Arrays.stream(entries).map(entry -> folder.resolve(entry).toString());
        return Stream.concat(own, runtime().stream()).collect(Collectors.joining(File.pathSeparator));
    }

    /** Starts a module. All jars are on the module path, but for those with natives, which no module requires: they are on the class path. */
    Run javaModule(String main, String classes) throws IOException, InterruptedException {
        Map<Boolean, List<String>> natives =
                runtime().stream().collect(Collectors.partitioningBy(jar -> jar.matches(NATIVES)));
        List<String> modules = new ArrayList<>(natives.get(false));
        modules.add(folder.resolve(classes).toString());
        return run(List.of(
                java(),
                "-p",
                String.join(File.pathSeparator, modules),
                "-cp",
                String.join(File.pathSeparator, natives.get(true)),
                "-m",
                main));
    }

    private String java() {
        return javaHome.resolve("bin/java").toString();
    }

    /** The jars that a user of the runtime gets: those of the tests, less what only tests need. */
    private static List<String> runtime() {
        List<String> path = new ArrayList<>(List.of(
                Packaged.jar("runtime").toString(), Packaged.jar("annotations").toString()));
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(
                        entry -> entry.matches(
                                ".*[/\\\\](javacpp|openblas|pytorch|slf4j-api|jackson-jr-objects|jackson-core|progressbar|jline-terminal|jline-native)-[^/\\\\]*\\.jar"))
                .forEach(path::add);
        return path;
    }

    private Run run(List<String> command) throws IOException, InterruptedException {
        Path log = folder.resolve("output.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", javaHome.toString());
        builder.environment().remove("MAVEN_OPTS");
        int status = builder.start().waitFor();
        return new Run(status, Files.readString(log));
    }

    private static boolean windows() {
        return File.separatorChar == '\\';
    }
}
