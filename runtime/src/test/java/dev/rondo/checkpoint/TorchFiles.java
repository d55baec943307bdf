package dev.rondo.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files of PyTorch 2.10, which {@code make_torch_files.py} beside them wrote, and archives with pickles made by hand. */
final class TorchFiles {
    private TorchFiles() {}

    static Path file(String name) {
        try {
            return Path.of(Objects.requireNonNull(TorchFiles.class.getResource(name), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An archive with these bytes as the pickle, and storages named by their keys. */
    static byte[] archive(byte[] pickle, Map<String, byte[]> storages) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            put(zip, "m/data.pkl", pickle);
            put(zip, "m/byteorder", "little".getBytes(StandardCharsets.US_ASCII));
            for (Map.Entry<String, byte[]> e : storages.entrySet()) put(zip, "m/data/" + e.getKey(), e.getValue());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
    }

    /** Instructions of a pickle, each character as one byte. */
    static byte[] pickle(String instructions) {
        return instructions.getBytes(StandardCharsets.ISO_8859_1);
    }
}
