package dev.rondo.callback;

import dev.rondo.nn.Layer;
import dev.rondo.nn.Model;
import java.util.LinkedHashMap;
import java.util.Map;

/** The layers of a model, for callbacks that need them. */
final class ModelLayers {
    private ModelLayers() {}

    /**
     * All layers by name, including the model itself.
     *
     * @throws IllegalStateException if the model is not made of layers
     */
    static Map<String, Layer> of(Model model, Class<?> asking) {
        if (model instanceof Layer layer) return layer.layers();
        throw new IllegalStateException(asking.getSimpleName() + " needs the layers of the model, but "
                + model.getClass().getSimpleName() + " is not a dev.rondo.nn.Layer: extend it, or leave "
                + asking.getSimpleName() + " out.");
    }

    /** The layers that have parameters and no child layers: the default of callbacks with hooks. */
    static Map<String, Layer> withParameters(Model model, Class<?> asking) {
        Map<String, Layer> leaves = new LinkedHashMap<>();
        of(model, asking).forEach((name, layer) -> {
            if (layer.children().isEmpty() && !layer.parameters().isEmpty()) leaves.put(name, layer);
        });
        return leaves;
    }
}
