package dev.rondo.processor.tests.projects;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** The artifacts of this build, where Maven has just packaged them. */
final class Packaged {
    static final String VERSION = System.getProperty("project.version");

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private Packaged() {}

    static Path jar(String module) {
        Path jar = ROOT.resolve(module).resolve("target").resolve("rondo-" + module + "-" + VERSION + ".jar");
        if (!Files.exists(jar)) throw new AssertionError(jar + " is missing: mvn verify packages it");
        return jar;
    }

    /** Puts them into a local repository, as an installation would. */
    static void installTo(Path repository) throws IOException {
        copy(ROOT.resolve("pom.xml"), repository, "rondo", ".pom");
        try (Stream<Path> platforms = Files.list(ROOT.resolve("natives"))) {
            for (Path platform : platforms.toList())
                copy(platform.resolve("pom.xml"), repository, "rondo-natives-" + platform.getFileName(), ".pom");
        }
        for (String module : List.of("annotations", "processor", "runtime")) {
            Path reduced = ROOT.resolve(module).resolve("dependency-reduced-pom.xml");
            Path pom = Files.exists(reduced) ? reduced : ROOT.resolve(module).resolve("pom.xml");
            copy(pom, repository, "rondo-" + module, ".pom");
            copy(jar(module), repository, "rondo-" + module, ".jar");
        }
    }

    private static void copy(Path file, Path repository, String artifact, String suffix) throws IOException {
        Path target = repository
                .resolve("dev/rondo")
                .resolve(artifact)
                .resolve(VERSION)
                .resolve(artifact + "-" + VERSION + suffix);
        Files.createDirectories(target.getParent());
        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
    }
}
