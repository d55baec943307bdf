package dev.rondo.loss;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** A loss of elements that are independent decisions: yes if the probability is above a threshold. */
abstract class BinaryLoss extends ElementLoss {
    static final double HALF = .5;

    private final double threshold;

    BinaryLoss(String name, Reduction reduction, double threshold) {
        super(name, reduction);
        if (Double.isNaN(threshold)) throw wrong("has a threshold that is a number, not NaN");
        this.threshold = threshold;
    }

    final double threshold() {
        return threshold;
    }

    /** The probability of each element: the sigmoid of its logit. */
    @Override
    public Tensor activation(Tensor pred) {
        return pred.sigmoid();
    }

    /** Whether each probability is above the threshold. */
    @Override
    public Tensor decodes(Tensor activated) {
        return activated.gt(new Scalar(threshold));
    }

    @Override
    String options() {
        return (threshold == HALF ? "" : "threshold=" + threshold + ", ") + super.options();
    }
}
