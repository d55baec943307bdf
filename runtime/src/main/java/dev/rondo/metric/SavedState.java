package dev.rondo.metric;

import dev.rondo.check.Argument;
import dev.rondo.torch.Handles;
import dev.rondo.torch.TensorText;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * The tensors of a saved state, which may come from a damaged file. What does not fit is an {@link IllegalArgumentException} with one
 * sentence.
 */
final class SavedState {
    /** Any size of a dimension. */
    static final long ANY = -1;

    private final String owner;
    private final Map<String, Tensor> tensors;

    /**
     * @param owner whose state it is, for messages
     * @param tensors the state: empty if nothing was accumulated, else it has exactly these names
     */
    SavedState(String owner, Map<String, Tensor> tensors, List<String> names) {
        this.owner = owner;
        this.tensors = Argument.given("state", tensors);
        if (tensors.isEmpty()) return;
        if (!tensors.keySet().equals(new TreeSet<>(names))) {
            throw new IllegalArgumentException("The saved state of " + owner + " consists of " + quoted(names)
                    + ", not of " + quoted(tensors.keySet()) + ".");
        }
        for (String name : names) {
            Tensor tensor = tensors.get(name);
            if (tensor == null || tensor.isNull() || !tensor.defined()) throw wrong(name, "a tensor");
        }
    }

    private static String quoted(Iterable<String> names) {
        TreeSet<String> sorted = new TreeSet<>();
        names.forEach(name -> sorted.add(String.valueOf(name)));
        return sorted.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
    }

    /** Whether nothing was accumulated. */
    boolean isEmpty() {
        return tensors.isEmpty();
    }

    /**
     * A tensor by its name.
     *
     * @param type null if any will do
     * @param shape the size of each dimension, or {@link #ANY}
     */
    Tensor tensor(String name, @Nullable ScalarType type, long... shape) {
        Tensor tensor = tensors.get(name);
        long[] found = tensor.shape();
        boolean fits = found.length == shape.length
                && (type == null || tensor.scalar_type().intern() == type);
        for (int i = 0; fits && i < shape.length; i++) fits = shape[i] == ANY || shape[i] == found[i];
        if (fits) return tensor;
        String sizes = Arrays.stream(shape)
                .mapToObj(size -> size == ANY ? "any" : Long.toString(size))
                .collect(Collectors.joining(", ", "[", "]"));
        throw wrong(name, "a tensor " + sizes + (type == null ? "" : " " + TensorText.type(type)));
    }

    /** A tensor of any type and shape. */
    Tensor tensor(String name) {
        return tensors.get(name);
    }

    /** A number that {@link #number(long)} saved. It is on the CPU in a file; on another device, this waits for it. */
    long number(String name, long least, long most) {
        try (PointerScope temporary = new PointerScope()) {
            long number = tensor(name, ScalarType.Long, 1).item_long();
            if (number < least || number > most) {
                throw new IllegalArgumentException("The saved '" + name + "' of " + owner + " is " + least + " to "
                        + most + ", not " + number + ".");
            }
            return number;
        }
    }

    /** A number as a tensor, in the native scope of the caller. */
    static Tensor number(long number) {
        return torch.tensor(new long[] {number});
    }

    /** @param expected what the tensor should be */
    IllegalArgumentException wrong(String name, String expected) {
        return new IllegalArgumentException("The saved '" + name + "' of " + owner + " is " + expected + ", not "
                + TensorText.of(tensors.get(name)) + ".");
    }

    /** Copies that the caller of {@link Metric#state()} closes. */
    static Map<String, Tensor> copies(Map<String, Tensor> tensors) {
        Map<String, Tensor> copies = new LinkedHashMap<>();
        try (PointerScope temporary = new PointerScope()) {
            tensors.forEach((name, tensor) -> copies.put(name, copy(tensor)));
            copies.values().forEach(Handles::own); // after all calls that can fail
        }
        return copies;
    }

    /** A copy in row-major order, in the native scope of the caller. */
    static Tensor copy(Tensor tensor) {
        return Handles.copy(tensor.contiguous());
    }
}
