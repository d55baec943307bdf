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
        classes = d.classes();
        Tensor counts = d.targets().ne(new Scalar(IGNORED)),
                outside = d.outside().logical_and_(counts);
        // On CUDA, an operator with a class number that is out of range makes the device unusable.
        Tensor actual = d.actual().masked_fill(outside, new Scalar(IGNORED));
        Tensor losses = torch.cross_entropy_loss(d.logits(), actual, new TensorOptional(), NO_REDUCTION, IGNORED, 0);
        return vector(
                losses.to(ScalarType.Double).sum(),
                counts.sum().to(ScalarType.Double),
                outside.sum().to(ScalarType.Double));
    }

    @Override
    long size(long classes) {
        return 3;
    }

    @Override
    OptionalDouble value(double[] sums) {
        if (sums[2] != 0) throw ConfusionCounts.outside(name(), (long) sums[2], classes);
        return sums[1] == 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.exp(sums[0] / sums[1]));
    }
}
