package dev.rondo.checkpoint;

import dev.rondo.check.Argument;
import dev.rondo.nn.Model;
import dev.rondo.nn.Parameter;
import dev.rondo.torch.NoGrad;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * The parameters and buffers of a model by name, with the names of PyTorch's {@code state_dict}.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.Module.html#torch.nn.Module.state_dict">PyTorch, state_dict</a>
 */
public final class Weights {
    private Weights() {}

    /** The tensors of the model; they are not copied. A shared parameter is listed once. */
    public static Map<String, Tensor> of(Model model) {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        for (Parameter p : Argument.given("model", model).parameters()) weights.put(p.name(), p.tensor());
        weights.putAll(model.buffers());
        return weights;
    }

    /**
     * Copies saved tensors into a model on any device. All must fit.
     *
     * @throws IllegalArgumentException as {@link #load(Model, Map, LoadOptions)}
     */
    public static void load(Model model, Map<String, Tensor> saved) {
        load(model, saved, new LoadOptions());
    }

    /**
     * Copies saved tensors into a model on any device. Values are converted between floating types (float64, float32, float16, bfloat16,
     * float8), as PyTorch's {@code copy_} does, and from integers to wider integers. Integers are not converted to floating types: weights
     * that are integers are quantized, and are wrong without their scale. A tensor that layers of the model share is loaded from any of
     * its names; if the saved tensors have several of them, the values must be equal.
     *
     * @return what was loaded and what was left out
     * @throws IllegalArgumentException if names, shapes or types do not fit; with {@link LoadOptions#partial}, if none does. The message
     *     lists what does not fit, and nothing has changed.
     * @see <a href="https://docs.pytorch.org/docs/2.10/generated/torch.nn.Module.html#torch.nn.Module.load_state_dict">PyTorch,
     *     load_state_dict</a>
     */
    public static LoadReport load(Model model, Map<String, Tensor> saved, LoadOptions options) {
        Argument.given("model", model);
        Argument.given("saved", saved);
        Argument.given("options", options);
        WeightMatch match = new WeightMatch(model, saved, options);
        LoadReport report = match.report();
        boolean enough = options.isPartial() ? !report.loaded().isEmpty() || report.complete() : report.complete();
        if (!enough) throw new IllegalArgumentException(match.message());
        try (NoGrad off = NoGrad.enter();
                PointerScope temporary = new PointerScope()) {
            match.fitting().forEach((slot, tensor) -> slot.tensor()
                    .copy_(tensor.reshape(slot.tensor().shape())));
        }
        return report;
    }
}
