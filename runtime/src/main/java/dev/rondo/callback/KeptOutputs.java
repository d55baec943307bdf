package dev.rondo.callback;

import dev.rondo.nn.ForwardHook;
import dev.rondo.nn.Layer;
import dev.rondo.torch.Handles;
import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.pytorch.Tensor;

/**
 * The outputs of layers in a batch, kept until their gradients are there. They are read from the tensors on the loop's own thread: a hook
 * in the graph would be called on a thread of libtorch's on CUDA, and what it throws would lose its type.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.Tensor.retain_grad.html">torch.Tensor.retain_grad</a>
 */
final class KeptOutputs implements AutoCloseable {
    private record Kept(Layer layer, Tensor output) {}

    private final Deque<Kept> kept = new ArrayDeque<>();

    /** Keeps an output, unless no gradient will get to it. */
    void add(Layer layer, Tensor output) {
        if (!output.requires_grad()) return;
        output.retain_grad();
        kept.push(new Kept(layer, Handles.keep(output)));
    }

    /** Shows the gradients that are there, that of the last output first. */
    void showGradients(ForwardHook hook) {
        for (Kept k : kept) {
            Tensor gradient = k.output.mutable_grad();
            if (gradient.defined()) hook.after(k.layer, gradient);
        }
    }

    @Override
    public void close() {
        kept.forEach(k -> k.output.close());
        kept.clear();
    }
}
