package dev.rondo.checkpoint;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * The tensors of a file of weights, safetensors or that of {@code torch.save}; see {@link WeightsFile#read}.
 *
 * @param tensors the tensors by name, on the CPU, in the order of the file; this object owns them
 * @param metadata texts, numbers and booleans that the file has beside the tensors, as text
 */
public record NamedTensors(Map<String, Tensor> tensors, Map<String, String> metadata) implements AutoCloseable {
    /** Frees the tensors. */
    @Override
    public void close() {
        tensors.values().forEach(Tensor::close);
    }

    /** The number of tensors and of their elements. */
    @Override
    public String toString() {
        long elements = tensors.values().stream()
                .mapToLong(t -> t.isNull() ? 0 : t.numel())
                .sum();
        boolean closed = tensors.values().stream().anyMatch(t -> t.isNull());
        return "NamedTensors[tensors=" + tensors.size() + ", elements=" + elements + (closed ? ", closed]" : "]");
    }
}
