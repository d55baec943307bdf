package dev.rondo;

import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/**
 * What a model predicts for a loader, on the CPU, one row for each sample. Closing it frees the tensors.
 *
 * @param inputs the inputs, if asked for
 * @param preds the model's outputs; absent if no batch got that far
 * @param targets the targets, if there are any
 * @param losses the loss of each sample, if asked for
 */
public record Predictions(
        Optional<Tensor> inputs, Optional<Tensor> preds, Optional<Tensor> targets, Optional<Tensor> losses)
        implements AutoCloseable {
    @Override
    public void close() {
        Stream.of(inputs, preds, targets, losses).flatMap(Optional::stream).forEach(Tensor::close);
    }
}
