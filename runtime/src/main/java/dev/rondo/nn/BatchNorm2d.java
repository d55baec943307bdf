package dev.rondo.nn;

/**
 * Batch normalization of an (N, C, H, W) input over N, H and W.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.BatchNorm2d.html">torch.nn.BatchNorm2d</a>
 */
public final class BatchNorm2d extends BatchNorm {
    /** A layer with PyTorch's defaults: eps 1e-5, momentum 0.1. */
    public BatchNorm2d(long channels) {
        this(channels, 1e-5, 0.1);
    }

    /**
     * @param channels C, the size of dimension 1 of the input, at least 1
     * @param eps number added to the variance, above 0
     * @param momentum weight of the batch in the running statistics, 0 to 1
     */
    public BatchNorm2d(long channels, double eps, double momentum) {
        super(channels, eps, momentum);
    }

    @Override
    boolean takes(long dimensions) {
        return dimensions == 4;
    }

    @Override
    String shapes() {
        return "(N, C, H, W)";
    }

    @Override
    boolean yieldsOutput() {
        return true;
    }
}
