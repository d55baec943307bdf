package dev.rondo.checkpoint;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * What a safetensors file holds.
 *
 * @param tensors by name, on the CPU, in the sequence of the file; they belong to this object
 * @param metadata texts that go with them
 */
public record NamedTensors(Map<String, Tensor> tensors, Map<String, String> metadata) implements AutoCloseable {
    /** Frees the tensors. */
    @Override
    public void close() {
        tensors.values().forEach(Tensor::close);
    }
}
