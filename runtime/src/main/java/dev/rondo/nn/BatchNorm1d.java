package dev.rondo.nn;

/**
 * Batch normalization of an (N, C) or (N, C, L) input: over N, or over N and L.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.BatchNorm1d.html">torch.nn.BatchNorm1d</a>
 */
public final class BatchNorm1d extends BatchNorm {
    /** A layer with PyTorch's defaults: eps 1e-5, momentum 0.1. */
    public BatchNorm1d(long channels) {
        this(channels, 1e-5, 0.1);
    }

    /**
     * @param channels C, the size of dimension 1 of the input, at least 1
     * @param eps number added to the variance, above 0
     * @param momentum weight of the batch in the running statistics, 0 to 1
     */
    public BatchNorm1d(long channels, double eps, double momentum) {
        super(channels, eps, momentum);
    }

    @Override
    boolean takes(long dimensions) {
        return dimensions == 2 || dimensions == 3;
    }

    @Override
    String shapes() {
        return "(N, C) or (N, C, L)";
    }

    @Override
    boolean yieldsOutput() {
        return true;
    }
}
