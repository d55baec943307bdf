package dev.rondo;

import dev.rondo.checkpoint.LoadOptions;
import dev.rondo.checkpoint.LoadReport;
import dev.rondo.checkpoint.NamedTensors;
import dev.rondo.checkpoint.Safetensors;
import dev.rondo.checkpoint.Weights;
import dev.rondo.checkpoint.WeightsFile;
import dev.rondo.nn.Model;
import dev.rondo.optim.Optimizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A safetensors file with the parameters and buffers of a model and, under names with a prefix, the state of an optimizer. A new file
 * replaces an existing one only when it is complete.
 *
 * @see <a href="https://docs.fast.ai/learner.html#learner.save">fastai, Learner.save</a>
 * @see <a href="https://github.com/huggingface/safetensors">safetensors</a>, which PyTorch reads and writes too
 */
public final class ModelFile {
    private static final String OPTIMIZER = "optimizer/";
    /** The metadata that loaders of PyTorch weights expect. */
    private static final Map<String, String> METADATA = Map.of("format", "pt");

    private ModelFile() {}

    /**
     * Saves a model, without the state of an optimizer.
     *
     * @throws UncheckedIOException if the file cannot be written
     */
    public static void save(Path file, Model model) {
        save(file, model, null);
    }

    /**
     * Loads a model from a file that has its tensors and no others, without the state of an optimizer.
     *
     * @throws UncheckedIOException if the file cannot be read
     * @throws IllegalArgumentException if names, shapes or types do not fit the model, which then does not change
     */
    public static void load(Path file, Model model) {
        load(file, model, new LoadOptions());
    }

    /**
     * Loads a model from a file in any format of {@link WeightsFile}, without the state of an optimizer.
     *
     * @return what was loaded and what was left out
     * @throws UncheckedIOException if the file cannot be read
     * @throws IllegalArgumentException if names, shapes or types do not fit the model, which then does not change; see {@link
     *     Weights#load(Model, Map, LoadOptions)}
     */
    public static LoadReport load(Path file, Model model, LoadOptions options) {
        return load(file, model, options, null);
    }

    static void save(Path file, Model model, @Nullable Optimizer optimizer) {
        try (PointerScope temporary = new PointerScope()) {
            Map<String, Tensor> all = new LinkedHashMap<>(Weights.of(model));
            if (optimizer != null) optimizer.state().forEach((name, tensor) -> all.put(OPTIMIZER + name, tensor));
            Safetensors.write(file, all, METADATA);
        } catch (IOException e) {
            throw new UncheckedIOException("The model could not be written to " + file + ": " + reason(e), e);
        }
    }

    /**
     * Loads the weights and, unless the optimizer is null, its state. A state that does not fit is skipped with a warning.
     *
     * @param optimizer called after the weights were loaded
     */
    static LoadReport load(Path file, Model model, LoadOptions options, @Nullable Supplier<Optimizer> optimizer) {
        try (NamedTensors saved = WeightsFile.read(file, options.insideKeys().toArray(String[]::new))) {
            Map<String, Tensor> weights = new LinkedHashMap<>(), state = new LinkedHashMap<>();
            saved.tensors().forEach((name, tensor) -> {
                if (name.startsWith(OPTIMIZER)) state.put(name.substring(OPTIMIZER.length()), tensor);
                else weights.put(name, tensor);
            });
            LoadReport report;
            try {
                report = Weights.load(model, weights, options);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(file + " does not fit the model: " + e.getMessage(), e);
            }
            if (optimizer != null) load(file, optimizer.get(), state);
            return report;
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

    private static void warn(String text, @Nullable Object... values) {
        LoggerFactory.getLogger(Learner.class).warn(text, values);
    }

    private static String reason(IOException e) {
        return e instanceof NoSuchFileException
                ? "there is no file " + e.getMessage() + "."
                : String.valueOf(e.getMessage());
    }
}
