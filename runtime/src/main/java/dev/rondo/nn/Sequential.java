package dev.rondo.nn;

import org.bytedeco.pytorch.Tensor;

/**
 * Layers one after the other, named 0, 1, 2, … as in PyTorch.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.Sequential.html">torch.nn.Sequential</a>
 */
public final class Sequential extends Layer {
    private final Layer[] layers;

    /** @param layers from the input's side to the output's; this one owns them from now on */
    public Sequential(Layer... layers) {
        this.layers = layers.clone();
        for (int i = 0; i < layers.length; i++) child(Integer.toString(i), layers[i]);
    }

    @Override
    public Tensor forward(Tensor... inputs) {
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
     * A ReLU that a max-pooling follows works on what is left behind the pooling: the same numbers, forwards and backwards, from a part of
     * the work. Not where a hook looks at one of the two.
     */
    private boolean isBeforePooling(int i) {
        return layers[i] instanceof ReLU relu
                && i + 1 < layers.length
                && layers[i + 1] instanceof MaxPool2d pool
                && !relu.hooked()
                && !pool.hooked();
    }

    /** Whether a layer's output may be overwritten: nobody else reads it. */
    private static boolean isFree(Layer layer) {
        return layer.yieldsOutput() && !layer.hooked();
    }
}
