package dev.rondo.nn;

import org.bytedeco.pytorch.Tensor;

/**
 * Sees what a layer computes, as it computes it.
 *
 * @see Layer#addForwardHook
 */
@FunctionalInterface
public interface ForwardHook {
    /**
     * Called in the layer's forward, on the thread that runs it.
     *
     * @param layer the layer
     * @param output what it is about to return, with its graph; it belongs to the native scope of the caller, and is only to be looked at
     */
    void after(Layer layer, Tensor output);
}
