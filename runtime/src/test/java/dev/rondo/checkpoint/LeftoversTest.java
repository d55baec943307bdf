package dev.rondo.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Temporary files that killed writes left beside a file. */
class LeftoversTest {
    @TempDir
    Path folder;

    private void write() throws IOException {
        AtomicFile.write(folder.resolve("model"), channel -> Disk.writeAll(channel, ByteBuffer.wrap(new byte[3])));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void theNextWriteOfTheSameFileDeletesThem_andNothingElse() throws IOException {
        for (String name : List.of(
                ".model.1f.tmp",
                ".model.ffffffffffffffff.tmp",
                ".other.1f.tmp",
                ".model.mine.tmp",
                ".model.tmp",
                "model.1f.tmp")) {
            Files.writeString(folder.resolve(name), "half");
        }
        Files.createDirectory(folder.resolve(".model.2f.tmp"));
        write();
        assertEquals(
                List.of(".model.2f.tmp", ".model.mine.tmp", ".model.tmp", ".other.1f.tmp", "model", "model.1f.tmp"),
                names());
    }

    @Test
    void oneThatIsBeingWrittenStays() throws IOException {
        Path beside = folder.resolve(".model.1f.tmp");
        try (FileClaim writing = FileClaim.open(beside, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)
                .orElseThrow()) {
            write();
            assertEquals(List.of(".model.1f.tmp", "model"), names());
        }
        write();
        assertEquals(List.of("model"), names());
    }

    /** A write inside a write of the same file stands for one on another thread. */
    @Test
    void twoWritesAtATimeDoNotDisturbEachOther() throws IOException {
        AtomicFile.write(folder.resolve("model"), channel -> {
            write();
            Disk.writeAll(channel, ByteBuffer.wrap(new byte[5]));
        });
        assertEquals(List.of("model"), names());
        assertEquals(5, Files.size(folder.resolve("model")));
    }
}
