package dev.rondo.metric;

import java.util.OptionalDouble;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The mean squared error of probabilities: of class 1 if there are two classes, else summed over classes. */
final class Brier extends SumMetric {
    Brier() {
        super("brier", Direction.SMALLER_IS_BETTER);
    }

    @Override
    Tensor sums(Tensor pred, Tensor y) {
        Decisions d = Decisions.of(name(), pred, y);
        classes = d.classes();
        Tensor numbers = torch.arange(new Scalar((long) classes), d.actual().options());
        Tensor errors = d.probabilities()
                .sub_(d.targets().unsqueeze(1).eq(numbers).to(ScalarType.Double))
                .square_();
        Tensor sum = (classes == 2 ? errors.select(1, 1) : errors).sum();
        return vector(sum, count(sum, y.numel()), d.outside().sum().to(ScalarType.Double));
    }

    @Override
    long size(long classes) {
        return 3;
    }

    @Override
    OptionalDouble value(double[] sums) {
        if (sums[2] != 0) throw ConfusionCounts.outside(name(), (long) sums[2], classes);
        return OptionalDouble.of(sums[0] / sums[1]);
    }
}
