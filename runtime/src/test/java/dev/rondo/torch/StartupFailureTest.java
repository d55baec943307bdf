package dev.rondo.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The program prints only one sentence: what is missing, where, and what to do. */
class StartupFailureTest {
    private static final String NATIVES = "-.*-(linux|macosx|windows)-.*\\.jar";

    @TempDir
    Path folder;

    private String platform;

    @BeforeEach
    void findPlatform() {
        platform = Loader.Detector.getPlatform();
    }

    @Test
    void theCacheIsBelowAFile() throws Exception {
        Path cache = Files.createFile(folder.resolve("file")).resolve("cache");
        assertRejected(new Jvm().withCache(cache), notWritable(cache));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theHomeFolderIsNotWritable() throws Exception {
        assertRejected(
                new Jvm().with("user.home", "/proc/nobody"), notWritable(Path.of("/proc/nobody/.javacpp/cache")));
    }

    @Test
    void theUserHasNoHomeFolder() throws Exception {
        assertRejected(new Jvm().with("user.home", "?"), notWritable(Path.of("?/.javacpp/cache")));
    }

    @Test
    void noNativesOfLibtorch() throws Exception {
        assertRejected(
                new Jvm().withCache(folder).without("pytorch" + NATIVES),
                "The native libraries of pytorch for " + platform + " are not on the class path: add the"
                        + " dependency dev.rondo:rondo-natives-" + platform + " (in Maven with the type pom).");
    }

    @Test
    void noNativesOfOpenblas() throws Exception {
        assertRejected(
                new Jvm().withCache(folder).without("openblas" + NATIVES),
                "The native libraries of openblas for " + platform + " are not on the class path: add the"
                        + " dependency dev.rondo:rondo-natives-" + platform + " (in Maven with the type pom).");
    }

    @Test
    void noBuildForThisMachine() throws Exception {
        assertRejected(
                new Jvm().withCache(folder).with("org.bytedeco.javacpp.platform", "linux-riscv64"),
                "There is no build of libtorch for linux-riscv64: bytedeco's run on linux-x86_64, macosx-arm64, macosx-x86_64,"
                        + " windows-x86_64.");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void thereIsNoRoomInTheCache() throws Exception {
        // Files are limited to 1 MB; the system reports that as it reports a full disk.
        Jvm.Result result = new Jvm()
                .withCache(folder)
                .run(StartPrograms.Start.class, "bash", "-c", "ulimit -f 1024; exec \"$@\"", "limited");
        String start = "The native libraries could not be extracted to " + folder + ", where ";
        String end = " MB are free (File too large): make room for 600 MB there, or name another folder with"
                + " -Dorg.bytedeco.javacpp.cachedir=DIR.";
        assertTrue(result.output().startsWith(start) && result.output().endsWith(end), result.output());
        assertEquals(StartPrograms.REFUSED, result.exit());
    }

    private static String notWritable(Path cache) {
        return "The native libraries cannot be extracted to " + cache + ", which cannot be created or is not writable:"
                + " name another folder with -Dorg.bytedeco.javacpp.cachedir=DIR.";
    }

    private static void assertRejected(Jvm jvm, String message) throws IOException, InterruptedException {
        Jvm.Result result = jvm.run(StartPrograms.Start.class);
        assertEquals(message, result.output());
        assertEquals(StartPrograms.REFUSED, result.exit());
    }
}
