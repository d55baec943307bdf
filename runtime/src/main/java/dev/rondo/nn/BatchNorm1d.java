package dev.rondo.nn;

/**
 * Batch normalisation of each channel of an (N, C) or (N, C, L) input, over N, or N and L.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.BatchNorm1d.html">torch.nn.BatchNorm1d</a>
 */
public final class BatchNorm1d extends BatchNorm {
    /** With PyTorch's defaults: eps 1e-5, momentum 0.1. */
    public BatchNorm1d(long channels) {
        this(channels, 1e-5, 0.1);
    }

    /**
     * @param channels C, the second dimension of the input
     * @param eps added to the variance
     * @param momentum the weight of a batch in the running values, 0 to 1
     */
    public BatchNorm1d(long channels, double eps, double momentum) {
        super(channels, eps, momentum);
    }

    @Override
    boolean yieldsOutput() {
        return true;
    }
}
