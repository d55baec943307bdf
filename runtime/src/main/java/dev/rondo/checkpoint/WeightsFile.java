package dev.rondo.checkpoint;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads a file of weights in any format that Rondo knows: safetensors, and that of {@code torch.save}. The first bytes of the file tell
 * them apart, not its name. For a file in another format, the message says what it is and how to convert it.
 */
public final class WeightsFile {
    private WeightsFile() {}

    /**
     * Reads the tensors of a file.
     *
     * @param inside the keys that lead to the dictionary with the tensors; for {@link TorchFile} only
     * @return the tensors; the caller closes it
     * @throws WeightsFileException if the file cannot be read
     */
    public static NamedTensors read(Path file, String... inside) throws IOException {
        FileKind kind = FileKind.of(file);
        if (kind == FileKind.ZIP) return TorchFile.read(file, inside);
        kind.require(file, FileKind.SAFETENSORS);
        if (inside.length > 0) {
            throw new WeightsFileException(
                    file,
                    "is a safetensors file, which has no dictionaries inside of others: there is no '" + inside[0]
                            + "'. Choose by names, with rename or stripPrefix of the LoadOptions.");
        }
        return Safetensors.read(file);
    }
}
