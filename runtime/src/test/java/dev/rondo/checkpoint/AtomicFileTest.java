package dev.rondo.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.ModelFile;
import dev.rondo.nn.Linear;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is said where no file can be written, and that nothing is left there. */
class AtomicFileTest {
    @TempDir
    Path folder;

    private void assertRefused(Path file, String reason) throws IOException {
        List<Path> before = files();
        try (Linear model = new Linear(1, 1)) {
            Exception e = assertThrows(UncheckedIOException.class, () -> ModelFile.save(file, model));
            assertEquals(
                    "The model could not be written to " + file.toAbsolutePath() + ": " + reason + ".", e.getMessage());
        }
        assertEquals(before, files());
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.sorted().toList();
        }
    }

    @Test
    void folders() throws IOException {
        assertRefused(folder, "it is a folder: append a file name");
        assertRefused(Path.of(""), "it is a folder: append a file name");
    }

    @Test
    void aFileInThePlaceOfAFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "text");
        assertRefused(file.resolve("model"), file + " is not a folder");
    }

    /** Root may replace devices such as /dev/null, and a rename would. A socket stands for them. */
    @Test
    void filesThatAreNoFiles() throws IOException {
        Path socket = folder.resolve("s");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            assertRefused(socket, "it is a device or a pipe, and not a file that can be replaced");
            assertFalse(Files.isRegularFile(socket));
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void namesThatAreTooLong() throws IOException {
        assertRefused(folder.resolve("x".repeat(300)), "File name too long");
    }

    @Test
    void tensorsAreOpen() {
        Linear closed = new Linear(1, 1);
        closed.close();
        Path file = folder.resolve("model");
        Exception e = assertThrows(IllegalArgumentException.class, () -> ModelFile.save(file, closed));
        assertEquals("The tensor 'weight' is closed, so it cannot be written.", e.getMessage());
        try (Linear open = new Linear(1, 1)) {
            ModelFile.save(file, open);
        }
        e = assertThrows(IllegalStateException.class, () -> ModelFile.load(file, closed));
        assertEquals("The tensor 'weight' of the model is closed.", e.getMessage());
        assertTrue(Files.isRegularFile(file));
    }
}
