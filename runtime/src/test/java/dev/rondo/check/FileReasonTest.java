package dev.rondo.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

class FileReasonTest {
    @Test
    void saysWhyWithoutTheNameOfTheFile() {
        assertEquals("access denied", FileReason.of(new AccessDeniedException("/a")));
        assertEquals("Is a directory", FileReason.of(new FileSystemException("/a", null, "Is a directory")));
        assertEquals("No space left on device", FileReason.of(new IOException("No space left on device")));
    }

    /** An encoder of images only says that it could not write. */
    @Test
    void theFirstCauseKnowsWhy() {
        assertEquals("full", FileReason.of(new IOException("cannot encode", new IOException("full"))));
    }
}
