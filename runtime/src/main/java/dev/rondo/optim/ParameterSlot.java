package dev.rondo.optim;

import dev.rondo.nn.Parameter;
import dev.rondo.torch.Handles;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** A parameter of an optimizer, and its gradient. */
final class ParameterSlot implements AutoCloseable {
    private final Parameter parameter;
    /** The gradient field of the parameter: a view, which needs no close. */
    private final Tensor gradient;
    /** Replaces a dropped gradient; created when it is first needed. */
    private @Nullable Tensor zero;

    private boolean hasHadGradient;

    ParameterSlot(Parameter parameter) {
        this.parameter = parameter;
        gradient = parameter.tensor().mutable_grad();
    }

    Tensor tensor() {
        return parameter.tensor();
    }

    /** The full name of a state of the parameter. */
    String name(String state) {
        return parameter.name() + "." + state;
    }

    /** Whether the parameter has, or has had, a gradient, so that it is updated. */
    boolean hasHadGradient() {
        return hasHadGradient || (hasHadGradient = gradient.defined());
    }

    void markGradient() {
        hasHadGradient = true;
    }

    Tensor gradient() {
        if (gradient.defined()) return gradient;
        if (zero == null) zero = Handles.own(torch.zeros_like(tensor()));
        return zero;
    }

    void dropGradient() {
        if (!gradient.defined()) return;
        hasHadGradient = true;
        gradient.reset();
    }

    /** Replaces a dropped gradient by zeros. */
    void restoreZeros() {
        if (hasHadGradient() && !gradient.defined()) gradient.put(torch.zeros_like(tensor()));
    }

    @Override
    public void close() {
        if (zero != null) zero.close();
    }
}
