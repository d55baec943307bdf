package dev.rondo.loss;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** The reduction of the losses of the items of a batch. The first three ordinals are those of at::Reduction. */
public enum Reduction {
    /** No reduction. */
    NONE,
    /** The mean. */
    MEAN,
    /** The sum. */
    SUM,
    /**
     * The sum divided by the size of the first dimension, which is the batch size; PyTorch's {@code batchmean}. Where a sample has several
     * losses, such as those of its classes or pixels, {@link #MEAN} divides by their number too.
     */
    BATCH_MEAN;

    /** Reduces losses. The result belongs to the native scope of the caller. */
    public Tensor of(Tensor losses) {
        return switch (this) {
            case NONE -> losses;
            case MEAN -> losses.mean();
            case SUM -> losses.sum();
            case BATCH_MEAN -> losses.dim() == 0 ? losses : losses.sum().div(new Scalar(losses.size(0)));
        };
    }
}
