package dev.rondo.checkpoint;

import dev.rondo.checkpoint.CheckpointException.Problem;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/** Long lists of numbers as tensors, float64: in JSON, the history of a long training would take most of a checkpoint. */
final class DoubleLists {
    private DoubleLists() {}

    /** A tensor of the caller's native scope. */
    static Tensor tensor(List<?> numbers) {
        Tensor tensor = torch.empty(
                new long[] {numbers.size()}, new TensorOptions(ScalarType.Double), new MemoryFormatOptional());
        DoubleBuffer to = tensor.createBuffer();
        for (Object number : numbers) to.put((Double) number);
        return tensor;
    }

    /** The numbers of a tensor, which is closed. */
    static List<@Nullable Object> list(Tensor tensor) throws Problem {
        try (tensor) {
            if (tensor.dim() != 1 || tensor.scalar_type().intern() != ScalarType.Double || tensor.numel() == 0) {
                throw new Problem("has a list of numbers whose tensor is none");
            }
            DoubleBuffer from = tensor.createBuffer();
            List<@Nullable Object> numbers = new ArrayList<>(from.remaining());
            while (from.hasRemaining()) numbers.add(from.get());
            return numbers;
        }
    }
}
