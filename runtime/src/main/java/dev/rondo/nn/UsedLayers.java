package dev.rondo.nn;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The layers that compute outputs with gradients on this thread while it is open. Java has no {@code __setattr__} as PyTorch's modules, which
 * registers a layer that is assigned to a field; a layer that its model does not register shows here.
 */
public final class UsedLayers implements AutoCloseable {
    private static final AtomicInteger OPEN =
            new AtomicInteger(); // on all threads, so that an output costs one comparison while it is 0
    private static final ThreadLocal<@Nullable UsedLayers> CURRENT = new ThreadLocal<>();

    private final @Nullable UsedLayers outer = CURRENT.get();
    private final Set<Layer> layers = Collections.newSetFromMap(new IdentityHashMap<>());

    private UsedLayers() {}

    /** Begins to record the layers of this thread. */
    public static UsedLayers record() {
        UsedLayers used = new UsedLayers();
        CURRENT.set(used);
        OPEN.incrementAndGet();
        return used;
    }

    static void add(Layer layer) {
        if (OPEN.get() == 0) return;
        UsedLayers used = CURRENT.get();
        if (used != null && GradMode.is_enabled()) used.layers.add(layer);
    }

    /** The layers with a parameter of their own that requires gradients and is none of these tensors, for messages. */
    public List<String> without(Collection<Tensor> tensors) {
        List<String> titles = new ArrayList<>();
        try (PointerScope temporary = new PointerScope()) {
            Set<Long> known = new HashSet<>();
            for (Tensor tensor : tensors) known.add(address(tensor));
            for (Layer layer : layers) {
                if (layer.ownParameters().stream()
                        .anyMatch(p -> p.tensor().requires_grad() && !known.contains(address(p.tensor())))) {
                    titles.add(layer.title());
                }
            }
        }
        return titles;
    }

    private static long address(Tensor tensor) {
        return tensor.unsafeGetTensorImpl().address();
    }

    /** Ends the recording. */
    @Override
    public void close() {
        OPEN.decrementAndGet();
        CURRENT.set(outer);
    }

    /** The number of layers. */
    @Override
    public String toString() {
        return "UsedLayers[" + layers.size() + "]";
    }
}
