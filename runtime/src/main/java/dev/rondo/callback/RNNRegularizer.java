package dev.rondo.callback;

import dev.rondo.Learner;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.On;
import dev.rondo.annotation.Writes;
import dev.rondo.check.Range;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Adds penalties on the activations of a recurrent model to {@code lossGrad} in training; the reported loss does not change. Activation
 * regularization (AR) is alpha times the mean square of the activations after dropout. Temporal activation regularization (TAR) is beta
 * times the mean square of the difference of the raw activations between time steps. Requires an {@link RNNCallback}.
 *
 * <p>Costs about ten small operators per batch; never waits for the device.
 *
 * @see <a href="https://arxiv.org/abs/1708.01009">Merity, McCann and Socher 2017</a>
 * @see <a href="https://docs.fast.ai/callback.rnn.html#rnnregularizer">fastai, RNNRegularizer</a>
 */
@Callback(order = 1, runs = Phase.TRAIN)
public final class RNNRegularizer {
    private final double alpha;
    private final double beta;

    /**
     * @param alpha the weight of AR, 0 or more; 2 in the paper
     * @param beta the weight of TAR, 0 or more; 1 in the paper
     */
    public RNNRegularizer(double alpha, double beta) {
        this.alpha = Range.NOT_NEGATIVE.check("The weight alpha of a penalty", alpha);
        this.beta = Range.NOT_NEGATIVE.check("The weight beta of a penalty", beta);
    }

    @On(Event.AFTER_LOSS)
    @Writes("lossGrad")
    void penalize(Learner learner, RNNCallback rnn) {
        if (!learner.lossComputed()) return;
        if (alpha != 0) add(learner, alpha, rnn.out());
        Tensor raw = rnn.rawOut();
        long changes = raw.size(1) - 1;
        if (beta != 0 && changes > 0) {
            add(learner, beta, raw.narrow(1, 1, changes).sub(raw.narrow(1, 0, changes)));
        }
    }

    private static void add(Learner learner, double weight, Tensor activations) {
        Tensor penalty = activations.to(ScalarType.Float).square().mean();
        learner.setLossGrad(learner.lossGrad().add(penalty, new Scalar(weight)));
    }

    @Override
    public String toString() {
        return "RNNRegularizer[alpha=" + alpha + ", beta=" + beta + "]";
    }
}
