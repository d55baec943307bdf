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
        Tensor out = inputs[0];
        for (Layer layer : layers) {
            out = layer.forward(x);
            x = new Tensor[] {out};
        }
        return output(out);
    }
}
