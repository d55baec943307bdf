package dev.rondo.loss;

import org.bytedeco.pytorch.Tensor;

/** What becomes of the losses of single items; the constants stand in the sequence of at::Reduction. */
public enum Reduction {
    /** They stay as they are. */
    NONE,
    /** Their mean. */
    MEAN,
    /** Their sum. */
    SUM;

    /** The reduced form of such losses, which belongs to the native scope of the caller. */
    public Tensor of(Tensor losses) {
        return switch (this) {
            case NONE -> losses;
            case MEAN -> losses.mean();
            case SUM -> losses.sum();
        };
    }
}
