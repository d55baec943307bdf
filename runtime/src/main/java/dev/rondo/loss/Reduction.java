package dev.rondo.loss;

import org.bytedeco.pytorch.Tensor;

/** The reduction of the losses of the items of a batch. The ordinals are those of at::Reduction. */
public enum Reduction {
    /** No reduction. */
    NONE,
    /** The mean. */
    MEAN,
    /** The sum. */
    SUM;

    /** Reduces losses. The result belongs to the native scope of the caller. */
    public Tensor of(Tensor losses) {
        return switch (this) {
            case NONE -> losses;
            case MEAN -> losses.mean();
            case SUM -> losses.sum();
        };
    }
}
