package dev.rondo;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/** What {@code getPreds} gathers: {@code learner.getPreds(loader, p -> p.withDecoded().withLosses())}. */
public final class PredictOptions {
    private boolean inputs;
    private boolean decoded;
    private boolean losses;
    private boolean reordered = true;
    private boolean inner;
    private UnaryOperator<Tensor> activation;
    private final List<CallbackSpec> callbacks = new ArrayList<>();

    PredictOptions() {}

    /** Also the inputs. */
    public PredictOptions withInputs() {
        inputs = true;
        return this;
    }

    /** Also what the loss function makes of the predictions: class numbers from logits, for example. */
    public PredictOptions withDecoded() {
        decoded = true;
        return this;
    }

    /** Also the loss of each sample. The loss function must have a form that does not reduce. */
    public PredictOptions withLosses() {
        losses = true;
        return this;
    }

    /** Whether the samples come in the sequence of the data set; otherwise in that of the loader. By default they do. */
    public PredictOptions reordered(boolean reordered) {
        this.reordered = reordered;
        return this;
    }

    /** What becomes of the model's outputs; by default the loss function's activation, probabilities from logits for example. */
    public PredictOptions activation(UnaryOperator<Tensor> activation) {
        this.activation = activation;
        return this;
    }

    /**
     * Whether the run is a part of the one in whose handler it is called: then its validation alone fires events, and not the fit and the
     * epoch around it. By default it is a run of its own.
     */
    public PredictOptions inner(boolean inner) {
        this.inner = inner;
        return this;
    }

    /** Callbacks for this run only, removed again however it ends. One that the learner has already is left as it is, and stays. */
    public PredictOptions callbacks(Object... callbacks) {
        for (Object c : callbacks) this.callbacks.add(CallbackSpec.of(c));
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

    List<CallbackSpec> callbacks() {
        return callbacks;
    }

    UnaryOperator<Tensor> activationOr(UnaryOperator<Tensor> usual) {
        return activation == null ? usual : activation;
    }
}
