package dev.rondo.metric;

import dev.rondo.check.Range;
import java.util.OptionalDouble;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** How far the probabilities of the predicted classes are from the accuracy, in bins of equal width ]i/bins, (i + 1)/bins]. */
final class CalibrationError extends SumMetric {
    private final int bins;

    CalibrationError(int bins) {
        super("calibration_error", Direction.SMALLER_IS_BETTER);
        this.bins = Range.AT_LEAST_1.check("The number of bins of a calibration error", bins);
    }

    /** The number of samples of each bin, their probabilities, their hits; at last the number of wrong targets. */
    @Override
    Tensor sums(Tensor pred, Tensor y) {
        Decisions d = Decisions.of(name(), pred, y);
        classes = d.classes();
        Tensor probability = d.probabilities().amax(new long[] {1}, false);
        Tensor bin = probability
                .mul(new Scalar((double) bins))
                .ceil_()
                .sub_(new Scalar(1.0))
                .to(ScalarType.Long)
                .clamp_(new ScalarOptional(new Scalar(0L)), new ScalarOptional(new Scalar(bins - 1L)));
        Tensor hits = d.predicted().eq(d.targets()).to(ScalarType.Double);
        Tensor values = torch.stack(new TensorVector(torch.ones_like(probability), probability, hits));
        Tensor sums = values.new_zeros(3, bins).scatter_add_(1, bin.expand_as(values), values);
        Tensor outside = d.outside().sum().to(ScalarType.Double);
        return torch.cat(new TensorVector(sums.flatten(), outside.unsqueeze(0)));
    }

    @Override
    long size(long classes) {
        return 3L * bins + 1;
    }

    @Override
    OptionalDouble value(double[] sums) {
        double outside = sums[3 * bins], samples = 0, error = 0;
        if (outside != 0) throw ConfusionCounts.outside(name(), (long) outside, classes);
        for (int i = 0; i < bins; i++) {
            samples += sums[i];
            error += Math.abs(sums[bins + i] - sums[2 * bins + i]);
        }
        return OptionalDouble.of(error / samples);
    }
}
