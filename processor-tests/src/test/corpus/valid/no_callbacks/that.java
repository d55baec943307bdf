package valid.no_callbacks;

import org.bytedeco.pytorch.Tensor;

/** Methods named like events are nobody's business in a class that is no callback. */
class NoCallbacks {
    Tensor loss;

    void beforeBatch() {}

    void setLoss(Tensor loss) {}
}
