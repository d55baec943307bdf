package dev.rondo.checkpoint;

import dev.rondo.checkpoint.pickle.PickleException;
import dev.rondo.checkpoint.pickle.StoredTensor;
import dev.rondo.checkpoint.pickle.TorchArchive;
import dev.rondo.torch.Torch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Reads the tensors of a file that {@code torch.save} of PyTorch 1.6 or newer wrote, usually named {@code .pt} or {@code .pth}. Reading
 * executes no code: objects other than tensors, dictionaries, lists, text and numbers are refused by the name of their class. Dense
 * tensors of all element types but quantized ones are read.
 *
 * @see <a href="https://docs.pytorch.org/docs/2.10/generated/torch.save.html">PyTorch, torch.save</a>
 */
public final class TorchFile {
    private TorchFile() {}

    /**
     * Reads the tensors of a dictionary, such as that of {@code torch.save(model.state_dict(), file)}. Tensors that share memory in the
     * file share it here; other tensors of the file are not read. Tensors in dictionaries inside of this one are left out.
     *
     * @param inside the keys that lead to the dictionary if the file has it inside of others, as in {@code torch.save({"model":
     *     model.state_dict(), "epoch": 3}, file)}
     * @return the tensors, with the strides that they were saved with, and the texts, numbers and booleans beside them as metadata. The
     *     caller closes it.
     * @throws WeightsFileException if it is not such a file, is damaged, or has no tensors in this dictionary
     */
    public static NamedTensors read(Path file, String... inside) throws IOException {
        FileKind.of(file).require(file, FileKind.ZIP);
        Torch.start();
        try (TorchArchive archive = TorchArchive.open(file)) {
            Map<String, Object> chosen = new TorchContents(archive.contents()).dictionary(List.of(inside));
            return read(archive, chosen);
        } catch (PickleException | WeightsFileException.Problem e) {
            throw new WeightsFileException(file, e.getMessage(), e);
        }
    }

    private static NamedTensors read(TorchArchive archive, Map<String, Object> values) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        NamedTensors result =
                new NamedTensors(Collections.unmodifiableMap(tensors), Collections.unmodifiableMap(metadata));
        try (Storages storages = new Storages(archive)) {
            for (Map.Entry<String, Object> e : values.entrySet()) {
                if (e.getValue() instanceof StoredTensor stored) {
                    tensors.put(e.getKey(), storages.tensor(e.getKey(), stored));
                } else if (!(e.getValue() instanceof Map
                        || e.getValue() instanceof List
                        || e.getValue() instanceof byte[])) {
                    metadata.put(e.getKey(), e.getValue().toString());
                }
            }
        } catch (Throwable t) {
            result.close();
            throw t;
        }
        return result;
    }
}
