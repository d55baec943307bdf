package dev.rondo.checkpoint;

import dev.rondo.nn.Model;
import dev.rondo.nn.Parameter;
import dev.rondo.torch.NoGrad;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The parameters and buffers of a model by name, with the names of PyTorch's {@code state_dict}.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.Module.html#torch.nn.Module.state_dict">PyTorch, state_dict</a>
 */
public final class Weights {
    /** A counter of PyTorch's batch norm, which does not affect its results. Rondo does not have it. */
    private static final String PYTORCH_COUNT = "num_batches_tracked";

    private Weights() {}

    /** The tensors of the model; they are not copied. */
    public static Map<String, Tensor> of(Model model) {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        for (Parameter p : model.parameters()) weights.put(p.name(), p.tensor());
        weights.putAll(model.buffers());
        return weights;
    }

    /**
     * Copies saved tensors into a model on any device.
     *
     * @throws IllegalArgumentException if names, shapes or types differ; then nothing has changed
     */
    public static void load(Model model, Map<String, Tensor> saved) {
        Map<String, Tensor> weights = of(model);
        weights.forEach((name, tensor) -> check(name, tensor, saved.get(name)));
        for (String name : saved.keySet()) {
            if (weights.containsKey(name) || name.endsWith(PYTORCH_COUNT)) continue;
            throw new IllegalArgumentException("The saved weights have '" + name + "', which the model does not have.");
        }
        try (NoGrad off = NoGrad.enter()) {
            weights.forEach((name, tensor) -> tensor.copy_(saved.get(name)));
        }
    }

    private static void check(String name, Tensor tensor, @Nullable Tensor saved) {
        if (saved == null) {
            throw new IllegalArgumentException("The saved weights do not have '" + name + "', which the model has.");
        }
        if (!form(saved).equals(form(tensor))) {
            throw new IllegalArgumentException(
                    "'" + name + "' is saved as " + form(saved) + ", but the model has it as " + form(tensor) + ".");
        }
    }

    private static String form(Tensor tensor) {
        return tensor.scalar_type().intern() + Arrays.toString(tensor.shape());
    }
}
