package dev.rondo.checkpoint;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * The contents of a safetensors file.
 *
 * @param tensors the tensors by name, on the CPU, in the order of the file; this object owns them
 * @param metadata additional texts
 */
public record NamedTensors(Map<String, Tensor> tensors, Map<String, String> metadata) implements AutoCloseable {
    /** Frees the tensors. */
    @Override
    public void close() {
        tensors.values().forEach(Tensor::close);
    }
}
