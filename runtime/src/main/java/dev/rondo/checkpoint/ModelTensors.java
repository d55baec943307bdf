package dev.rondo.checkpoint;

import dev.rondo.nn.Layer;
import dev.rondo.nn.Model;
import dev.rondo.nn.Parameter;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;

/**
 * The parameters and buffers of a model, each with all its names. A tensor that two layers share, such as tied weights, has several;
 * PyTorch saves it under each, other programs under one of them.
 */
final class ModelTensors {
    /**
     * @param names at least one; the first is that of {@link Weights#of}
     */
    record Slot(Set<String> names, Tensor tensor) {
        String name() {
            return names.iterator().next();
        }
    }

    private final List<Slot> slots = new ArrayList<>();
    private final Map<Tensor, Slot> byTensor = new IdentityHashMap<>();

    private ModelTensors() {}

    static List<Slot> of(Model model) {
        ModelTensors all = new ModelTensors();
        all.add("", model);
        return all.slots;
    }

    private void add(String prefix, Model model) {
        for (Parameter p : model.parameters()) add(prefix + p.name(), p.tensor());
        model.buffers().forEach((name, tensor) -> add(prefix + name, tensor));
        // parameters() lists a shared parameter once, but each child lists it again
        if (model instanceof Layer layer) layer.children().forEach((name, child) -> add(prefix + name + ".", child));
    }

    private void add(String name, Tensor tensor) {
        if (tensor.isNull()) throw new IllegalStateException("The tensor '" + name + "' of the model is closed.");
        byTensor.computeIfAbsent(tensor, t -> {
                    Slot slot = new Slot(new LinkedHashSet<>(), t);
                    slots.add(slot);
                    return slot;
                })
                .names()
                .add(name);
    }
}
