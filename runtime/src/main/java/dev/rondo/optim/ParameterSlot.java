package dev.rondo.optim;

import dev.rondo.nn.Parameter;
import dev.rondo.torch.Handles;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** A parameter of an optimizer, and its gradient. */
final class ParameterSlot implements AutoCloseable {
    private final Parameter parameter;
    /** The parameter's own slot; a view, no handle. */
    private final Tensor gradient;
    /** Stands in for a gradient that was dropped; made when first needed. */
    private @Nullable Tensor zero;

    private boolean takesPart;

    ParameterSlot(Parameter parameter) {
        this.parameter = parameter;
        gradient = parameter.tensor().mutable_grad();
    }

    Tensor tensor() {
        return parameter.tensor();
    }

    /** The full name of one of its states. */
    String name(String state) {
        return parameter.name() + "." + state;
    }

    /** Whether it is stepped: it has, or had, a gradient. */
    boolean takesPart() {
        return takesPart || (takesPart = gradient.defined());
    }

    void takePart() {
        takesPart = true;
    }

    Tensor gradient() {
        if (gradient.defined()) return gradient;
        if (zero == null) zero = Handles.own(torch.zeros_like(tensor()));
        return zero;
    }

    void dropGradient() {
        if (!gradient.defined()) return;
        takesPart = true;
        gradient.reset();
    }

    /** Puts zeros where a gradient was dropped. */
    void leaveZeros() {
        if (takesPart() && !gradient.defined()) gradient.put(torch.zeros_like(tensor()));
    }

    @Override
    public void close() {
        if (zero != null) zero.close();
    }
}
