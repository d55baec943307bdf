package dev.rondo.callback;

import dev.rondo.nn.ForwardHook;
import dev.rondo.nn.Layer;
import dev.rondo.torch.Handles;
import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.pytorch.Tensor;

/**
 * The outputs of layers in a batch, kept until their gradients are computed. The gradients are read from the tensors on the thread of the
 * loop. A hook in the autograd graph would run on a libtorch thread on CUDA, and its exceptions would lose their type.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.Tensor.retain_grad.html">torch.Tensor.retain_grad</a>
 */
final class KeptOutputs implements AutoCloseable {
    private record Kept(Layer layer, Tensor output) {}

    private final Deque<Kept> kept = new ArrayDeque<>();

    /** Keeps an output, unless it requires no gradient. */
    void add(Layer layer, Tensor output) {
        if (!output.requires_grad()) return;
        output.retain_grad();
        kept.push(new Kept(layer, Handles.keep(output)));
    }

    /** Passes the gradients that were computed to a hook, from the last output to the first. */
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
