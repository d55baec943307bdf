package dev.rondo.processor.tests.projects;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The local repository of the projects. It has what this build has packaged, and links to all else in the repository that this build uses:
 * there Maven finds what it has downloaded before, and keeps what it downloads for a project.
 */
final class Repository {
    private static final Path DOWNLOADS = Path.of(System.getProperty("maven.repository"));
    private static final Path FOLDER = Path.of("target/projects/repository").toAbsolutePath();

    private Repository() {}

    static Path prepare() throws IOException {
        Files.createDirectories(FOLDER.resolve("dev/rondo"));
        link("");
        link("dev");
        Packaged.installTo(FOLDER);
        return FOLDER;
    }

    /** A jar that Maven has downloaded for a project. */
    static String jar(String group, String artifact, String version) {
        return FOLDER.resolve(group.replace('.', '/'))
                .resolve(artifact)
                .resolve(version)
                .resolve(artifact + "-" + version + ".jar")
                .toString();
    }

    private static void link(String parent) throws IOException {
        Path downloaded = DOWNLOADS.resolve(parent);
        if (!Files.exists(downloaded)) return;
        try (Stream<Path> folders = Files.list(downloaded).filter(Files::isDirectory)) {
            for (Path folder : folders.toList()) {
                Path link = FOLDER.resolve(parent).resolve(folder.getFileName());
                if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) Files.createSymbolicLink(link, folder);
            }
        }
    }
}
