package dev.rondo.metric;

import java.util.OptionalDouble;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The exponential of the mean cross entropy of all predictions. */
final class Perplexity extends SumMetric {
    /** PyTorch's number of ignored targets. */
    private static final long IGNORED = -100;

    private static final int NO_REDUCTION = 0;

    Perplexity() {
        super("perplexity", Direction.SMALLER_IS_BETTER);
    }

    @Override
    Tensor sums(Tensor pred, Tensor y) {
        Decisions d = Decisions.ofClasses(name(), pred, y);
        Tensor losses =
                torch.cross_entropy_loss(d.logits(), d.actual(), new TensorOptional(), NO_REDUCTION, IGNORED, 0);
        return vector(
                losses.to(ScalarType.Double).sum(),
                d.actual().ne(new Scalar(IGNORED)).sum().to(ScalarType.Double));
    }

    @Override
    OptionalDouble value(double[] sums) {
        return sums[1] == 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.exp(sums[0] / sums[1]));
    }
}
