package dev.rondo.nn;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Looks up a trainable vector for each index: int64 or int32 (…) to (…, dim). Parameter: {@code weight} (entries, dim), initialized from the
 * standard normal distribution.
 *
 * <p>On the CPU, an index outside of the vocabulary is an error of forward. On CUDA the device finds it later, and then can no longer be
 * used by this process: check the indices when you make the data.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.Embedding.html">torch.nn.Embedding</a>
 */
public final class Embedding extends OperatorLayer {
    private static final long NO_PADDING = -1;

    private final Tensor weight;
    private final long entries;
    private final long dim;
    private final long padding;

    /**
     * @param entries size of the vocabulary, at least 0; indices are 0 to entries−1
     * @param dim length of the vectors, at least 0
     */
    public Embedding(long entries, long dim) {
        this(entries, dim, NO_PADDING);
    }

    /**
     * An embedding with an index for padding, PyTorch's {@code padding_idx}. Its vector is 0 and gets no gradient, so that it stays 0.
     *
     * @param entries size of the vocabulary, at least 1
     * @param dim length of the vectors, at least 0
     * @param padding the index, 0 to entries−1; a negative one counts from the end, from −entries
     */
    public static Embedding withPadding(long entries, long dim, long padding) {
        if (padding >= entries || padding < -entries) {
            throw new IllegalArgumentException("The padding of an Embedding of " + entries
                    + " entries is one of their indices, not " + padding + ".");
        }
        return new Embedding(entries, dim, padding < 0 ? padding + entries : padding);
    }

    private Embedding(long entries, long dim, long padding) {
        this.entries = Checks.atLeast(0, entries, "number of entries of Embedding");
        this.dim = Checks.atLeast(0, dim, "length of the vectors of Embedding");
        this.padding = padding;
        weight = parameter("weight", Init.normal(entries, dim), Parameter.Role.WEIGHT);
        if (padding != NO_PADDING) Init.zero(weight, padding);
    }

    @Override
    Tensor compute(Tensor... x) {
        return torch.embedding(weight, x[0], padding, false, false);
    }

    @Override
    boolean takesIndices() {
        return true;
    }

    /** With the range of the indices, if it can be read. */
    @Override
    String described(Tensor... inputs) {
        String text = super.described(inputs);
        Tensor x = inputs[0];
        if (!x.defined() || !x.is_cpu() || x.numel() == 0 || !torch.isIntegralType(x.scalar_type(), false)) return text;
        try (Tensor least = x.min();
                Tensor most = x.max()) {
            return text + " with indices from " + least.item_long() + " to " + most.item_long();
        }
    }

    @Override
    String sizes() {
        return " " + entries + "×" + dim + (padding == NO_PADDING ? "" : ", padding " + padding);
    }
}
