package dev.rondo.callback;

import dev.rondo.Learner;
import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import dev.rondo.event.Scope;
import dev.rondo.nn.Model;
import dev.rondo.nn.MultiOutput;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Gets at the activations of a recurrent model: what its last recurrent layer put out, and the same behind dropout. The model is a
 * {@link MultiOutput} whose outputs are its scores, which it also returns, then those two. Costs nothing in a batch.
 *
 * @see <a href="https://docs.fast.ai/callback.rnn.html#rnncallback">fastai, RNNCallback</a>
 */
public final class RNNCallback {
    private List<Tensor> outputs = List.of(); // of the innermost batch

    /**
     * What is registered for a recurrent model, to be given to a learner's {@code callbacks}: {@link ModelResetter}, this, and, unless
     * both weights are 0, a {@link RNNRegularizer}.
     *
     * @see <a href="https://docs.fast.ai/callback.rnn.html#rnn_cbs">fastai, rnn_cbs</a>
     */
    public static Object[] callbacks(double alpha, double beta) {
        return alpha == 0 && beta == 0
                ? new Object[] {new ModelResetter(), new RNNCallback()}
                : new Object[] {new ModelResetter(), new RNNCallback(), new RNNRegularizer(alpha, beta)};
    }

    @On(Event.AFTER_PRED)
    void take(Learner learner) {
        Model model = learner.model();
        List<Tensor> outer = outputs; // of the batch in one of whose handlers this one runs
        learner.until(Scope.BATCH, () -> outputs = outer);
        outputs = model instanceof MultiOutput several ? several.outputs() : List.of();
        if (outputs.size() < 3) {
            throw new IllegalStateException("RNNCallback takes the activations of a recurrent model, but "
                    + model.getClass().getSimpleName()
                    + (model instanceof MultiOutput
                            ? " has " + outputs.size() + " outputs, not 3: scores, raw and dropped-out activations."
                            : " is no MultiOutput: implement it, with scores, raw and dropped-out activations."));
        }
    }

    /** What the last recurrent layer put out for the batch at hand, (N, L, …); there from after_pred to after_batch. */
    public Tensor rawOut() {
        return output(1);
    }

    /** The same behind dropout. */
    public Tensor out() {
        return output(2);
    }

    private Tensor output(int n) {
        if (outputs.isEmpty()) {
            throw new IllegalStateException(
                    "RNNCallback has no activations here: they are there from after_pred to" + " after_batch.");
        }
        return outputs.get(n);
    }
}
