package dev.rondo;

import dev.rondo.check.Range;
import dev.rondo.torch.TensorText;
import java.nio.DoubleBuffer;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

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
    /**
     * A sample and its loss.
     *
     * @param index the row of the sample in these predictions, from 0; its position in the loader, if no batch is left out
     */
    public record SampleLoss(long index, double loss) {}

    /**
     * The samples with the largest losses, the largest first. A loss that is NaN comes before all others.
     *
     * @param k how many, at least 1; if there are fewer, all
     * @throws IllegalStateException if there are no losses
     * @see <a href="https://docs.fast.ai/interpret.html">fastai, Interpretation.top_losses</a>
     */
    public List<SampleLoss> worst(int k) {
        Range.AT_LEAST_1.check("The number of worst samples", k);
        Tensor all = losses.orElseThrow(() -> new IllegalStateException(
                "These predictions have no losses. Ask for them: getPreds(loader, PredictOptions::withLosses)."));
        try (PointerScope temporary = new PointerScope()) {
            Tensor order = all.argsort(0, true).narrow(0, 0, Math.min(k, all.size(0)));
            LongBuffer indices = order.createBuffer();
            DoubleBuffer values =
                    all.to(ScalarType.Double).index_select(0, order).createBuffer();
            return IntStream.range(0, indices.remaining())
                    .mapToObj(i -> new SampleLoss(indices.get(i), values.get(i)))
                    .toList();
        }
    }

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
