package dev.rondo.nn;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Looks up a trainable vector for each index: int64 (…) to (…, dim). Parameter: {@code weight} (entries, dim), initialized from the
 * standard normal distribution.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.Embedding.html">torch.nn.Embedding</a>
 */
public final class Embedding extends Layer {
    private final Tensor weight;

    /**
     * @param entries size of the vocabulary; indices are 0 to entries−1
     * @param dim length of the vectors
     */
    public Embedding(long entries, long dim) {
        weight = parameter("weight", Init.normal(entries, dim), Parameter.Role.WEIGHT);
    }

    @Override
    public Tensor forward(Tensor... inputs) {
        return output(torch.embedding(weight, inputs[0]));
    }
}
