package dev.rondo.nn;

import java.util.Objects;
import org.bytedeco.pytorch.Tensor;

/**
 * Applies layers one after the other. Their names are 0, 1, 2, …, as in PyTorch.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.Sequential.html">torch.nn.Sequential</a>
 */
public final class Sequential extends Layer {
    private final Layer[] layers;

    /** @param layers the layers, from the input to the output; this layer owns them */
    public Sequential(Layer... layers) {
        this.layers = Objects.requireNonNull(layers, "The layers of Sequential are null.")
                .clone();
        for (int i = 0; i < layers.length; i++) child(Integer.toString(i), layers[i]);
    }

    @Override
    public Tensor forward(Tensor... inputs) {
        checkInputs(inputs, Integer.MAX_VALUE);
        Tensor[] x = inputs;
        for (int i = 0; i < layers.length; i++) {
            if (isBeforePooling(i)) {
                x = new Tensor[] {((ReLU) layers[i]).overwrite(layers[i + 1].forward(x))};
                i++;
            } else if (layers[i] instanceof ReLU relu && i > 0 && isFree(layers[i - 1])) {
                x = new Tensor[] {relu.overwrite(x[0])};
            } else {
                x = new Tensor[] {layers[i].forward(x)};
            }
        }
        return output(x[0]);
    }

    /**
     * Whether layer i is a ReLU before a max pooling. Then the ReLU is applied after the pooling: outputs and gradients are the same, and
     * the ReLU processes fewer elements. Layers with hooks keep their order.
     */
    private boolean isBeforePooling(int i) {
        return layers[i] instanceof ReLU relu
                && i + 1 < layers.length
                && layers[i + 1] instanceof MaxPool2d pool
                && !relu.hooked()
                && !pool.hooked();
    }

    /** Whether the output of a layer may be overwritten, because nothing else reads it. */
    private static boolean isFree(Layer layer) {
        return layer.yieldsOutput() && !layer.hooked();
    }
}
