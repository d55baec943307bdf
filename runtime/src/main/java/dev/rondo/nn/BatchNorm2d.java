package dev.rondo.nn;

/**
 * Batch normalisation over (N, H, W) of each channel of an (N, C, H, W) input.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.BatchNorm2d.html">torch.nn.BatchNorm2d</a>
 */
public final class BatchNorm2d extends BatchNorm {
    /** With PyTorch's defaults: eps 1e-5, momentum 0.1. */
    public BatchNorm2d(long channels) {
        this(channels, 1e-5, 0.1);
    }

    /**
     * @param channels C, the second dimension of the input
     * @param eps added to the variance
     * @param momentum the weight of a batch in the running values, 0 to 1
     */
    public BatchNorm2d(long channels, double eps, double momentum) {
        super(channels, eps, momentum);
    }

    @Override
    boolean yieldsOutput() {
        return true;
    }
}
