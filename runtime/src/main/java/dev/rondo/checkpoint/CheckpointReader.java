package dev.rondo.checkpoint;

import dev.rondo.check.FileReason;
import dev.rondo.checkpoint.CheckpointException.Problem;
import dev.rondo.torch.Torch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** Reads the folder of one checkpoint, of which nothing is trusted. */
final class CheckpointReader {
    static final String STATE_JSON = "state.json";
    static final String SAFETENSORS = ".safetensors";

    /** The name of the file with the tensors in the state, as the others without its ending. */
    static final String STATE_TENSORS = "state";

    /** The largest header of a safetensors file, in bytes. */
    static final int MOST_HEADER = 1 << 23;

    private static final int CHUNK = 1 << 20;

    private final Path folder;

    CheckpointReader(Path folder) {
        this.folder = folder;
    }

    /** Reads everything, after {@link #verify}. The caller closes the result. */
    CheckpointContent read() throws IOException {
        Torch.start(); // whose failure is none of the checkpoint
        return checked(() -> {
            Map<String, Map<String, Tensor>> tensors = new LinkedHashMap<>();
            CheckpointContent all = new CheckpointContent(tensors, Map.of());
            try (PointerScope temporary = new PointerScope()) {
                for (Manifest.Entry entry : verified().entries()) {
                    String name = entry.name();
                    if (name.endsWith(SAFETENSORS)) tensors.put(withoutEnding(name), tensors(name));
                }
                Map<String, Tensor> inState = tensors.getOrDefault(STATE_TENSORS, Map.of());
                Map<String, @Nullable Object> state = state(inState);
                tensors.remove(STATE_TENSORS); // the state has them now
                return new CheckpointContent(tensors, state);
            } catch (Throwable t) {
                all.close();
                throw t;
            }
        });
    }

    /** Checks the manifest, and the length, the checksum and the header of each file. */
    void verify() throws IOException {
        checked(this::verified);
    }

    /** Whether there are a manifest and all files that it lists, with their lengths. Does not read their contents. */
    boolean looksWhole() {
        try {
            for (Manifest.Entry entry : manifest().entries()) {
                if (!isPlain(entry.name()) || Files.size(folder.resolve(entry.name())) != entry.length()) return false;
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    /** Says what is wrong in one sentence, whatever a file makes the libraries throw. */
    private <T> T checked(Reading<T> reading) throws IOException {
        try {
            if (!Files.exists(folder)) throw new CheckpointException(folder, "does not exist.");
            if (!Files.isDirectory(folder)) throw new CheckpointException(folder, "is not the folder of a checkpoint.");
            return reading.read();
        } catch (CheckpointException | ClosedByInterruptException e) {
            throw e;
        } catch (Problem e) {
            throw new CheckpointException(folder, "cannot be used: " + e.getMessage() + ".", e);
        } catch (WeightsFileException e) {
            throw new CheckpointException(folder, "cannot be used: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new CheckpointException(folder, "cannot be used: " + FileReason.of(e) + ".", e);
        } catch (RuntimeException e) { // of libtorch, for want of memory
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new CheckpointException(folder, "cannot be used: " + reason + ".", e);
        }
    }

    private Manifest verified() throws IOException {
        Manifest manifest = manifest();
        List<String> problems = new ArrayList<>();
        for (Manifest.Entry entry : manifest.entries()) {
            String problem = problem(entry);
            if (problem != null) problems.add(entry.name() + " " + problem);
        }
        if (!problems.isEmpty()) throw new Problem(String.join("; ", problems));
        for (Manifest.Entry entry : manifest.entries()) {
            if (entry.name().endsWith(SAFETENSORS)) {
                Safetensors.checkHeader(folder.resolve(entry.name()), MOST_HEADER);
            }
        }
        return manifest;
    }

    private Manifest manifest() throws IOException {
        Path file = folder.resolve(Manifest.NAME);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new CheckpointException(
                    folder, "has no " + Manifest.NAME + ": it is no checkpoint, or not all of one.");
        }
        try (InputStream in = open(Manifest.NAME, Manifest.MOST_BYTES)) {
            Manifest manifest = Manifest.parse(in.readNBytes(Manifest.MOST_BYTES));
            if (manifest.entries().stream().noneMatch(entry -> entry.name().equals(STATE_JSON))) {
                throw new Problem("does not list " + STATE_JSON);
            }
            return manifest;
        } catch (Problem e) {
            throw new Problem(Manifest.NAME + " " + e.getMessage());
        }
    }

    private boolean isPlain(String name) {
        return Files.isRegularFile(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    private InputStream open(String name, int most) throws IOException {
        Path file = folder.resolve(name);
        if (!isPlain(name)) throw new Problem("is not a plain file");
        long size = Files.size(file);
        if (size > most) throw new Problem("has " + size + " bytes, and at most " + most + " are read");
        return Files.newInputStream(file);
    }

    private @Nullable String problem(Manifest.Entry entry) throws IOException {
        Path file = folder.resolve(entry.name());
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) return "is missing";
        if (!isPlain(entry.name())) return "is not a plain file";
        long length = Files.size(file);
        if (length != entry.length()) return "has " + length + " bytes instead of " + entry.length();
        return checksum(file, length) == entry.crc32c() ? null : "does not have the bytes that were written";
    }

    private static int checksum(Path file, long length) throws IOException {
        CRC32C crc = new CRC32C();
        ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK, length + 1));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (channel.read(chunk.clear()) >= 0) crc.update(chunk.flip());
        }
        return (int) crc.getValue();
    }

    private static String withoutEnding(String name) {
        return name.substring(0, name.length() - SAFETENSORS.length());
    }

    private Map<String, Tensor> tensors(String name) throws IOException {
        return new LinkedHashMap<>(Safetensors.read(folder.resolve(name)).tensors());
    }

    private Map<String, @Nullable Object> state(Map<String, Tensor> tensors) throws IOException {
        try (InputStream in = open(STATE_JSON, JsonFormat.MOST_BYTES)) {
            return StateJsonReader.read(in, tensors);
        } catch (Problem e) {
            throw new Problem(STATE_JSON + " " + e.getMessage());
        }
    }
}
