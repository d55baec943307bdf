package dev.rondo;

import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/**
 * The predictions of a model for a loader, on the CPU, one row for each sample. A batch that was cancelled before the model ran is left
 * out. Closing it frees the tensors.
 *
 * @param inputs the inputs, if asked for
 * @param preds the model's outputs after the activation; absent if the model ran for no batch
 * @param targets the targets, if there are any; the first one if samples have several
 * @param decoded the predictions decoded by the loss function, if asked for
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
}
