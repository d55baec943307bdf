package dev.rondo.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class StartupTest {
    private static final Jvm.Result STARTED = new Jvm.Result(0, "2.0");

    @TempDir
    static Path cache;

    private static final List<Jvm.Result> FIRST_STARTS = new ArrayList<>();

    @BeforeAll
    static void startThreeOnAnEmptyCache() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 3; i++) processes.add(new Jvm().withCache(cache).start(StartPrograms.Start.class));
        for (Process process : processes) FIRST_STARTS.add(Jvm.await(process));
    }

    @Test
    void severalMayStartAtOnceOnAnEmptyCache() {
        assertEquals(List.of(STARTED, STARTED, STARTED), FIRST_STARTS);
    }

    @Test
    void anInterruptedExtractionIsRepaired() throws Exception {
        try (RandomAccessFile library =
                new RandomAccessFile(extracted("jnitorch").toFile(), "rw")) {
            library.setLength(library.length() / 2);
        }
        Files.delete(extracted("c10"));
        assertEquals(STARTED, new Jvm().withCache(cache).run(StartPrograms.Start.class));
    }

    @Test
    void javaCppMayHaveBeenUsedBefore() throws Exception {
        Jvm.Result result = new Jvm().withCache(cache).run(StartPrograms.Late.class);
        assertEquals(0, result.exit(), result.output());
    }

    @Test
    void whatTheUserSetIsKept() throws Exception {
        Jvm jvm = new Jvm().withCache(cache).with(Natives.EXTENSION, "-gpu").without("pytorch-.*-gpu\\.jar");
        String message = jvm.run(StartPrograms.Start.class).output();
        assertEquals(
                "The native libraries of pytorch for linux-x86_64-gpu are not on the class path: add the"
                        + " dependency dev.rondo:rondo-natives-linux-x86_64-gpu (in Maven with the type pom).",
                message);
    }

    @Test
    void theEnvironmentMaySetTheThreads() throws Exception {
        Jvm jvm = new Jvm().withCache(cache).env("OMP_NUM_THREADS", "3");
        assertEquals("3", jvm.run(StartPrograms.Threads.class).output());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void freedMemoryIsReused() throws Exception {
        int pages = 100 * 8_000_000 / 4096;
        assertTrue(pageFaults(new Jvm()) < pages / 2);
        assertTrue(
                pageFaults(new Jvm().env("MALLOC_TRIM_THRESHOLD_", "131072")) > pages / 2, "the environment decides");
    }

    private static int pageFaults(Jvm jvm) throws IOException, InterruptedException {
        return Integer.parseInt(
                jvm.withCache(cache).run(StartPrograms.PageFaults.class).output());
    }

    /** An imitation of a system's libtorch: a library with this name and other contents, where the loader looks first. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void anotherLibtorchOnTheLoadersPathDoesNotMatter(@TempDir Path system) throws Exception {
        Files.copy(extracted("jnijavacpp"), system.resolve("libtorch_cpu.so"));
        Jvm jvm = new Jvm().withCache(cache).env("LD_LIBRARY_PATH", system.toString());
        assertNotEquals(0, jvm.run(StartPrograms.Naive.class).exit(), "the stand-in should break JavaCPP's own order");
        assertEquals(STARTED, jvm.run(StartPrograms.Start.class));
    }

    private static Path extracted(String library) throws IOException {
        String name = System.mapLibraryName(library);
        try (Stream<Path> files = Files.walk(cache)) {
            return files.filter(file -> file.endsWith(name)).findFirst().orElseThrow();
        }
    }
}
