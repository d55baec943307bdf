package dev.rondo;

import dev.rondo.checkpoint.NamedTensors;
import dev.rondo.checkpoint.Safetensors;
import dev.rondo.checkpoint.Weights;
import dev.rondo.nn.Model;
import dev.rondo.optim.Optimizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.slf4j.LoggerFactory;

/** A file with the weights of a model and, behind a prefix, the state of an optimizer. */
final class ModelFile {
    private static final String OPTIMIZER = "optimizer/";
    /** What PyTorch's users look for. */
    private static final Map<String, String> METADATA = Map.of("format", "pt");

    private ModelFile() {}

    static void save(Path file, Model model, Optional<Optimizer> optimizer) {
        try (PointerScope temporary = new PointerScope()) {
            Map<String, Tensor> all = new LinkedHashMap<>(Weights.of(model));
            optimizer.ifPresent(o -> o.state().forEach((name, tensor) -> all.put(OPTIMIZER + name, tensor)));
            Safetensors.write(file, all, METADATA);
        } catch (IOException e) {
            throw new UncheckedIOException("The model could not be written to " + file + ": " + reason(e), e);
        }
    }

    /**
     * Loads the weights and, unless the optimizer is null, its state; a state that does not fit is left out, and the log says so.
     *
     * @param optimizer makes the optimizer if there is none; called when the weights have been loaded
     */
    static void load(Path file, Model model, Supplier<Optimizer> optimizer) {
        try (NamedTensors saved = Safetensors.read(file)) {
            Map<String, Tensor> weights = new LinkedHashMap<>(), state = new LinkedHashMap<>();
            saved.tensors().forEach((name, tensor) -> {
                if (name.startsWith(OPTIMIZER)) state.put(name.substring(OPTIMIZER.length()), tensor);
                else weights.put(name, tensor);
            });
            try {
                Weights.load(model, weights);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(file + " does not fit the model: " + e.getMessage(), e);
            }
            if (optimizer != null) load(file, optimizer.get(), state);
        } catch (IOException e) {
            throw new UncheckedIOException("The model could not be read: " + reason(e), e);
        }
    }

    private static void load(Path file, Optimizer optimizer, Map<String, Tensor> state) {
        if (state.isEmpty()) {
            warn("{} has no state of an optimizer: the optimizer stays as it is.", file);
            return;
        }
        try {
            optimizer.load(state);
        } catch (IllegalArgumentException e) {
            warn("The state of the optimizer in {} could not be loaded: {}", file, e.getMessage());
        }
    }

    private static void warn(String text, Object... values) {
        LoggerFactory.getLogger(Learner.class).warn(text, values);
    }

    private static String reason(IOException e) {
        return e instanceof NoSuchFileException
                ? "there is no file " + e.getMessage() + "."
                : String.valueOf(e.getMessage());
    }
}
