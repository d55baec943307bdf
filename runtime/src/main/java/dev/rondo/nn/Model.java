package dev.rondo.nn;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** A function of tensors that has parameters; a learner trains it. Most models extend {@link Layer}. */
public interface Model {
    /**
     * Computes the output for a batch.
     *
     * @param inputs the inputs of the batch; the first dimension of each is the batch size
     * @return a tensor that belongs to the native scope of the caller
     */
    Tensor forward(Tensor... inputs);

    /** The parameters, always in the same order. The model owns their tensors. */
    List<Parameter> parameters();

    /** The buffers by name: tensors of the model's state that are not trained, such as running means. */
    default Map<String, Tensor> buffers() {
        return Map.of();
    }

    /**
     * The parameter groups, from the input to the output of the model. Each group has its own hyper-parameters. By default there is one
     * group.
     */
    default List<List<Parameter>> parameterGroups() {
        return List.of(Objects.requireNonNull(parameters(), "The parameters() of the model are null."));
    }

    /** Sets training or evaluation mode. Dropout and batch normalization differ between them. */
    void train(boolean training);

    /**
     * Saves the mode of the model and of each of its layers, which may differ from the model's: frozen batch norms, for example.
     *
     * @return an action that restores the modes; null, the default, if the model cannot save them, so that callers have to use {@link
     *     #train}
     */
    default @Nullable Runnable mode() {
        return null;
    }

    /** Moves parameters and buffers to a device in place. Tensor handles stay valid. */
    void to(Device device);

    /** Called at the start of each fit. Recurrent models drop their hidden state. */
    default void reset() {}

    /**
     * What the model keeps from one batch to the next, by name: the hidden state of a recurrent model. It is no buffer, because it is not a
     * part of the trained model and its shape depends on the batch. A run that is resumed inside an epoch needs it. By default, and after
     * {@link #reset}, there is none.
     *
     * @return tensors of the model, which are not copied
     */
    default Map<String, Tensor> hiddenState() {
        return Map.of();
    }

    /**
     * Replaces what the model keeps from one batch to the next.
     *
     * @param state what {@link #hiddenState} returned, perhaps in another process and on another device; the model copies the tensors
     * @throws IllegalArgumentException if the state does not fit the model
     */
    default void loadHiddenState(Map<String, Tensor> state) {
        if (!state.isEmpty()) {
            throw new IllegalArgumentException(
                    "The model keeps no hidden state, but one with " + state.keySet() + " was saved.");
        }
    }
}
