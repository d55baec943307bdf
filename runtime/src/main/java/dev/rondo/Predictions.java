package dev.rondo;

import dev.rondo.torch.TensorText;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/**
 * The predictions of a model for a loader, on the CPU, one row for each sample. A batch that was cancelled before the model ran is left out.
 * Closing it frees the tensors.
 *
 * @param inputs the inputs, if asked for
 * @param preds the activated outputs of the model; absent if the model ran for no batch
 * @param targets the targets, if there are any; of several for each sample, the first
 * @param decoded the decisions that the loss function decodes from the outputs, if asked for
 * @param losses the loss of each sample, if asked for
 */
public record Predictions(
        Optional<Tensor> inputs,
        Optional<Tensor> preds,
        Optional<Tensor> targets,
        Optional<Tensor> decoded,
        Optional<Tensor> losses)
        implements AutoCloseable {
    @Override
    public void close() {
        Stream.of(inputs, preds, targets, decoded, losses)
                .flatMap(Optional::stream)
                .forEach(Tensor::close);
    }

    /** The shapes and types of the tensors. */
    @Override
    public String toString() {
        String parts = Stream.of(
                        part("inputs", inputs),
                        part("preds", preds),
                        part("targets", targets),
                        part("decoded", decoded),
                        part("losses", losses))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
        return "Predictions[" + parts + "]";
    }

    private static Optional<String> part(String name, Optional<Tensor> tensor) {
        return tensor.map(t -> name + " " + TensorText.of(t));
    }
}
