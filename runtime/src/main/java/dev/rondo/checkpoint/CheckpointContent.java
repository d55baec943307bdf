package dev.rondo.checkpoint;

import dev.rondo.check.Argument;
import dev.rondo.torch.Handles;
import dev.rondo.torch.NoGrad;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What a checkpoint holds; see {@link CheckpointStore}.
 *
 * @param tensors the tensors of each file, by the name of the file ({@code model}, {@code optimizer}; lower case letters, digits, - and _;
 *     not {@code state}) and by their own names; on any device, of a type that {@link Safetensors} can hold
 * @param state other values by name: null, booleans, numbers up to 64 bits (NaN and infinities, too), texts, enum constants, tensors, and
 *     lists and maps of these. Read again, bytes and shorts are integers, a long may be an Integer, enum constants are their names, and
 *     keys of maps are strings
 */
public record CheckpointContent(Map<String, Map<String, Tensor>> tensors, Map<String, @Nullable Object> state)
        implements AutoCloseable {
    public CheckpointContent {
        Argument.given("tensors", tensors);
        Argument.given("state", state);
    }

    /** A copy with tensors of its own on the CPU, which the caller closes. What was copied can change while the copy is written. */
    public CheckpointContent copy() {
        try (NoGrad off = NoGrad.enter();
                PointerScope temporary = new PointerScope()) {
            Map<String, Map<String, Tensor>> files = new LinkedHashMap<>();
            tensors.forEach((file, named) -> {
                Map<String, Tensor> copies = new LinkedHashMap<>();
                named.forEach((name, tensor) -> copies.put(name, copyOf(tensor)));
                files.put(file, copies);
            });
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            state.forEach((name, value) -> values.put(name, copyOf(value)));
            CheckpointContent copy = new CheckpointContent(files, values);
            copy.forEach(Handles::own); // only now, so that a failure leaves nothing
            return copy;
        }
    }

    private static Tensor copyOf(Tensor tensor) {
        Tensor plain = tensor.detach();
        return plain.is_cpu() ? plain.clone() : plain.cpu();
    }

    private static @Nullable Object copyOf(@Nullable Object value) {
        if (value instanceof Tensor tensor) return copyOf(tensor);
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            for (Object element : list) copy.add(copyOf(element));
            return copy;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, element) -> copy.put(key, copyOf(element)));
            return copy;
        }
        return value;
    }

    /** Frees the tensors, those in the state, too. */
    @Override
    public void close() {
        forEach(Tensor::close);
    }

    private void forEach(Consumer<Tensor> action) {
        forEach(tensors, action);
        forEach(state, action);
    }

    private static void forEach(@Nullable Object value, Consumer<Tensor> action) {
        if (value instanceof Tensor tensor) action.accept(tensor);
        else if (value instanceof List<?> list) list.forEach(element -> forEach(element, action));
        else if (value instanceof Map<?, ?> map) map.values().forEach(element -> forEach(element, action));
    }

    /** The files, and the names in the state. */
    @Override
    public String toString() {
        return "CheckpointContent[tensors=" + tensors.keySet() + ", state=" + state.keySet() + "]";
    }
}
