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
 * Gives access to the activations of a recurrent model: the output of its last recurrent layer, and that output after dropout. The model
 * must be a {@link MultiOutput} with three outputs: the scores, which its forward returns, and these two. Costs nothing per batch.
 *
 * @see <a href="https://docs.fast.ai/callback.rnn.html#rnncallback">fastai, RNNCallback</a>
 */
public final class RNNCallback {
    private transient List<Tensor> outputs = List.of(); // those of the innermost batch

    /**
     * The callbacks of a recurrent model: {@link ModelResetter}, this one and, unless both weights are 0, a {@link RNNRegularizer}.
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
        List<Tensor> outer = outputs; // those of the batch whose handler started this run
        learner.until(Scope.BATCH, () -> outputs = outer);
        outputs = model instanceof MultiOutput several ? several.outputs() : List.of();
        if (outputs.size() < 3) {
            throw new IllegalStateException("RNNCallback needs the activations of a recurrent model, but "
                    + model.getClass().getSimpleName()
                    + (model instanceof MultiOutput
                            ? " has " + outputs.size() + " outputs, not 3: scores, raw and dropped-out activations."
                            : " is not a MultiOutput: implement it, with scores, raw and dropped-out activations."));
        }
    }

    /** The output of the last recurrent layer for the current batch, (N, L, …). Available from after_pred to after_batch. */
    public Tensor rawOut() {
        return output(1);
    }

    /** The same output after dropout. */
    public Tensor out() {
        return output(2);
    }

    private Tensor output(int n) {
        if (outputs.isEmpty()) {
            throw new IllegalStateException(
                    "RNNCallback has no activations here: they are available from after_pred to after_batch.");
        }
        return outputs.get(n);
    }

    @Override
    public String toString() {
        return "RNNCallback";
    }
}
