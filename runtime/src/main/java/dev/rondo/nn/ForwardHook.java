package dev.rondo.nn;

import org.bytedeco.pytorch.Tensor;

/**
 * Is called with each output of a layer.
 *
 * @see Layer#addForwardHook
 */
@FunctionalInterface
public interface ForwardHook {
    /**
     * Called at the end of the layer's forward, on the thread that runs it.
     *
     * @param layer the layer
     * @param output the tensor that forward returns, with its graph. It belongs to the native scope of the caller; do not change it.
     */
    void after(Layer layer, Tensor output);
}
