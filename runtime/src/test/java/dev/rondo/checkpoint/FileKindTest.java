package dev.rondo.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A file in another format is recognized by its first bytes, whatever its name, and the message says what it is. */
class FileKindTest {
    @TempDir
    Path folder;

    static Stream<Arguments> files() {
        return Stream.of(
                Arguments.of("", "is empty."),
                Arguments.of(
                        "\u0080\4\u0095\1\0\0\0\0\0\0\0N.", "is a pickle of Python, but torch.save did not write it."),
                Arguments.of("x".repeat(257) + "ustar\0", "is a tar archive."),
                Arguments.of("\u0089HDF\r\n\u001a\n\0", "is an HDF5 file"),
                Arguments.of("\u0093NUMPY\1\0", "is an array of NumPy (.npy)."),
                Arguments.of("GGUF\3\0\0\0{\0\0\0\0", "is a model of llama.cpp (GGUF)."),
                Arguments.of("version https://git-lfs.github.com/spec/v1\noid sha256:0", "is a pointer of Git LFS"),
                Arguments.of("\n<!DOCTYPE html><html>", "is a web page"),
                Arguments.of("\u00ef\u00bb\u00bf<html lang=en>", "is a web page"),
                Arguments.of("<?xml version=\"1.0\"?><Error>", "is XML"),
                Arguments.of("{\"weight_map\": {\"a\": \"1.safetensors\"}}", "is JSON text, not weights."),
                Arguments.of("\u001f\u008b\b\0", "is a compressed file"),
                Arguments.of("\b\7\u0012\7pytorch", "is an ONNX model."),
                Arguments.of("\34\0\0\0TFL3", "is a model of TensorFlow Lite."),
                Arguments.of(
                        "abc",
                        "is neither a safetensors file nor one of torch.save: it begins with the bytes 61 62 63."));
    }

    @ParameterizedTest
    @MethodSource("files")
    void theMessageSaysWhatItIs(String content, String problem) throws IOException {
        Path file = Files.write(folder.resolve("weights.safetensors"), content.getBytes(StandardCharsets.ISO_8859_1));
        String message = assertThrows(WeightsFileException.class, () -> WeightsFile.read(file))
                .getMessage();
        assertTrue(message.startsWith(file + " " + problem), message);
        assertEquals(
                message,
                assertThrows(WeightsFileException.class, () -> Safetensors.read(file))
                        .getMessage());
        assertEquals(
                message,
                assertThrows(WeightsFileException.class, () -> TorchFile.read(file))
                        .getMessage());
    }

    static Stream<Arguments> archives() {
        return Stream.of(
                Arguments.of("a.npy", "is an archive of NumPy arrays (.npz)."),
                Arguments.of("model.weights.h5", "is a model of Keras."),
                Arguments.of("readme.txt", "is a zip archive, but torch.save did not write it"));
    }

    @ParameterizedTest
    @MethodSource("archives")
    void anotherZipArchiveIsNamed(String entry, String problem) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(entry));
        }
        Path file = Files.write(folder.resolve("m.pt"), bytes.toByteArray());
        String message = assertThrows(WeightsFileException.class, () -> WeightsFile.read(file))
                .getMessage();
        assertTrue(message.startsWith(file + " " + problem), message);
    }

    @Test
    void theReaderOfOneFormatNamesTheOther_andAFolderIsNamed() throws IOException {
        Path torch = TorchFiles.file("state_dict.pt");
        assertEquals(
                torch + " is a zip archive, as torch.save writes it. Read it with WeightsFile or TorchFile.",
                assertThrows(WeightsFileException.class, () -> Safetensors.read(torch))
                        .getMessage());
        assertEquals(
                folder + " is a folder. Name the file in it that has the weights.",
                assertThrows(WeightsFileException.class, () -> WeightsFile.read(folder))
                        .getMessage());
    }
}
