package dev.rondo;

import dev.rondo.check.Argument;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** Options of {@code getPreds}: {@code learner.getPreds(loader, predict -> predict.withDecoded().withLosses())}. */
public final class PredictOptions extends RunOptions<PredictOptions> {
    private boolean inputs;
    private boolean decoded;
    private boolean losses;
    private boolean reordered = true;
    private boolean inner;
    private @Nullable UnaryOperator<Tensor> activation;

    PredictOptions() {}

    /** Also returns the inputs. */
    public PredictOptions withInputs() {
        inputs = true;
        return this;
    }

    /** Also returns the decoded predictions of the loss function, for example class numbers from logits. */
    public PredictOptions withDecoded() {
        decoded = true;
        return this;
    }

    /** Also returns the loss of each sample. The loss function must have an unreduced form. */
    public PredictOptions withLosses() {
        losses = true;
        return this;
    }

    /** Whether the samples are returned in the order of the data set, which is the default, or in the order of the loader. */
    public PredictOptions reordered(boolean reordered) {
        this.reordered = reordered;
        return this;
    }

    /** Maps the model's outputs to predictions; by default the activation of the loss function, for example softmax. */
    public PredictOptions activation(UnaryOperator<Tensor> activation) {
        this.activation = Argument.given("activation", activation);
        return this;
    }

    /**
     * Whether to predict as part of the running run, as fastai's {@code inner}; by default a prediction is its own run. An inner prediction
     * fires only the events of its validation, not those of a fit and an epoch.
     */
    public PredictOptions inner(boolean inner) {
        this.inner = inner;
        return this;
    }

    @Override
    PredictOptions self() {
        return this;
    }

    boolean inputs() {
        return inputs;
    }

    boolean decoded() {
        return decoded;
    }

    boolean losses() {
        return losses;
    }

    boolean reordered() {
        return reordered;
    }

    boolean isInner() {
        return inner;
    }

    UnaryOperator<Tensor> activationOr(UnaryOperator<Tensor> usual) {
        return activation == null ? usual : activation;
    }

    @Override
    public String toString() {
        return "PredictOptions[" + (inputs ? "inputs, " : "") + (decoded ? "decoded, " : "")
                + (losses ? "losses, " : "")
                + (reordered ? "" : "not reordered, ") + (inner ? "inner, " : "")
                + (activation == null ? "" : "activation, ") + registered() + "]";
    }
}
