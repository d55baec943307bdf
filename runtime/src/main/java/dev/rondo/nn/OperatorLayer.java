package dev.rondo.nn;

import dev.rondo.torch.TensorText;
import dev.rondo.torch.TorchException;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Base of the layers that call operators. Checks the number of inputs, and names the layer in errors of libtorch. */
abstract class OperatorLayer extends Layer {
    /**
     * Computes the output of the layer.
     *
     * @throws IllegalArgumentException if the number of inputs or their shapes do not suit this layer
     * @throws IllegalStateException if the layer is closed
     * @throws TorchException if libtorch refuses the inputs; the message names the layer
     */
    @Override
    public final Tensor forward(Tensor... inputs) {
        checkInputs(inputs, mostInputs());
        Tensor y;
        try {
            y = compute(inputs);
        } catch (RuntimeException e) {
            throw named(e, inputs);
        }
        return output(y);
    }

    /** Calls the operators. The inputs are open tensors, as many as {@link #mostInputs} allows. */
    abstract Tensor compute(Tensor... x);

    /** The largest number of inputs. */
    int mostInputs() {
        return 1;
    }

    /** The exception, with the name of this layer if it comes from libtorch. */
    final RuntimeException named(RuntimeException e, Tensor... inputs) {
        return TorchException.at(() -> "in " + title() + ", input " + described(inputs) + otherType(inputs[0], e), e);
    }

    /** The way out if the first input does not have the type of the parameters; PyTorch's layers do not convert inputs either. */
    private String otherType(Tensor input, RuntimeException e) {
        String said = String.valueOf(e.getMessage());
        if (!said.contains("type") && !said.contains("not implemented for")) return "";
        List<Parameter> own = ownParameters();
        if (own.isEmpty()
                || takesIndices()
                || !input.defined()
                || own.get(0).tensor().isNull()) return "";
        ScalarType type = own.get(0).tensor().scalar_type().intern();
        if (input.scalar_type().intern() == type) return "";
        return ": convert it with to(ScalarType." + type + "), the type of the parameters";
    }

    /** Whether the input has indices, and not values of the type of the parameters. */
    boolean takesIndices() {
        return false;
    }

    /** The inputs for a message. */
    String described(Tensor... inputs) {
        return TensorText.of(Arrays.asList(inputs));
    }

    /** An exception for an input that this layer does not take. */
    final IllegalArgumentException refused(String rule, Tensor input) {
        return refused(rule, input, "");
    }

    /** An exception for an input that this layer does not take, with a way out. */
    final IllegalArgumentException refused(String rule, Tensor input, String wayOut) {
        return new IllegalArgumentException(
                "In " + title() + ": " + rule + ", but got " + TensorText.of(input) + wayOut + ".");
    }
}
