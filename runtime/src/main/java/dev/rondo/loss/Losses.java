package dev.rondo.loss;

import dev.rondo.torch.Torch;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The losses that come with Rondo; each is the mean over the batch. */
public final class Losses {
    private Losses() {}

    /**
     * Cross entropy of logits (N, classes, …) against class numbers (N, …), int64.
     *
     * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html">torch.nn.CrossEntropyLoss</a>
     */
    public static Loss crossEntropy() {
        Torch.start();
        return new CrossEntropy(Reduction.MEAN);
    }

    /**
     * Mean squared error of two tensors of the same shape. Targets of another type than the prediction become floats, as in fastai.
     *
     * @throws IllegalArgumentException if the shapes differ: broadcasting (N, 1) against (N) would compare everything with everything
     * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.MSELoss.html">torch.nn.MSELoss</a>
     */
    public static Loss mse() {
        Torch.start();
        return new MeanSquaredError(Reduction.MEAN);
    }

    /** What becomes of the losses of single items; the constants stand in the sequence of at::Reduction. */
    private enum Reduction {
        NONE,
        MEAN
    }

    private record CrossEntropy(Reduction reduction) implements Loss {
        private static final long NOTHING_IGNORED = -100;

        @Override
        public Tensor of(Tensor pred, List<Tensor> yb) {
            Tensor y = single("crossEntropy", yb);
            if (reduction == Reduction.MEAN) return torch.cross_entropy_loss(pred, y);
            return torch.cross_entropy_loss(pred, y, new TensorOptional(), reduction.ordinal(), NOTHING_IGNORED, 0);
        }

        @Override
        public Loss unreduced() {
            return new CrossEntropy(Reduction.NONE);
        }

        @Override
        public Tensor activation(Tensor pred) {
            return torch.softmax(pred, 1);
        }

        @Override
        public Tensor decodes(Tensor activated) {
            return activated.argmax(new LongOptional(1), false);
        }
    }

    private record MeanSquaredError(Reduction reduction) implements Loss {
        @Override
        public Tensor of(Tensor pred, List<Tensor> yb) {
            Tensor y = single("mse", yb);
            if (!Arrays.equals(pred.shape(), y.shape())) {
                throw new IllegalArgumentException("mse compares tensors of one shape, but the prediction is "
                        + Arrays.toString(pred.shape()) + " and the target " + Arrays.toString(y.shape()) + ".");
            }
            return torch.mse_loss(pred, like(pred, y), reduction.ordinal());
        }

        @Override
        public Loss unreduced() {
            return new MeanSquaredError(Reduction.NONE);
        }
    }

    /** A target of another type would decide the type of the loss, whose gradients would then not fit the prediction. */
    private static Tensor like(Tensor pred, Tensor y) {
        ScalarType type = pred.scalar_type().intern();
        if (y.scalar_type().intern() == type) return y;
        // Not to float16, if that is what autocast made of the prediction: it computes this loss in float32.
        return y.to(type == ScalarType.Double ? type : ScalarType.Float);
    }

    private static Tensor single(String loss, List<Tensor> yb) {
        if (yb.size() != 1) {
            throw new IllegalArgumentException(loss + " takes one target, and the batch has " + yb.size() + ".");
        }
        return yb.get(0);
    }
}
