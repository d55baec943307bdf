package dev.rondo.benchmarks.peers;

import dev.rondo.benchmarks.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The peers in Java. They are a separate Maven project, which is built if it is missing or out of date. */
final class JavaPeers {
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(20);

    private final Path root;
    private final Path project;

    /** @param root the folder with the launcher */
    JavaPeers(Path root) {
        this.root = root;
        project = root.resolve("benchmarks/peers");
    }

    private Path classpath() {
        return project.resolve("target/dependencies.classpath");
    }

    /**
     * Builds the project.
     *
     * @throws IOException if the build fails, for example without a network before its dependencies have been downloaded
     */
    void build() throws IOException {
        if (Files.exists(classpath()) && changed().compareTo(Files.getLastModifiedTime(classpath())) < 0) return;
        String pom = project.resolve("pom.xml").toString();
        Program.of(maven(), "-q", "-B", "-f", pom, "-Dspotless.check.skip=true", "package")
                .run(BUILD_LIMIT);
        Files.setLastModifiedTime(classpath(), FileTime.fromMillis(System.currentTimeMillis()));
    }

    private FileTime changed() throws IOException {
        FileTime newest = Files.getLastModifiedTime(project.resolve("pom.xml"));
        try (Stream<Path> sources = Files.walk(project.resolve("src"))) {
            for (Path source : sources.toList()) {
                FileTime time = Files.getLastModifiedTime(source);
                if (time.compareTo(newest) > 0) newest = time;
            }
        }
        return newest;
    }

    /** Returns the {@code mvn} on the {@code PATH}, or else the Maven wrapper of the sources. */
    private String maven() {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
            if (Files.isExecutable(Path.of(folder, "mvn"))) return "mvn";
        }
        return root.resolve("mvnw").toString();
    }

    /** Returns the command that starts one of the programs. */
    List<String> command(String main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Program.javaCommand(), "--enable-native-access=ALL-UNNAMED"));
        String classes = project.resolve("target/classes").toString();
        command.addAll(
                List.of("-cp", classes + ":" + Files.readString(classpath()).strip(), "dev.rondo.peers." + main));
        command.addAll(List.of(arguments));
        return command;
    }
}
