package dev.rondo.nn;

import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** What a learner trains: a function of tensors with parameters. {@link Layer} is the usual way to write one. */
public interface Model {
    /**
     * The output for a batch.
     *
     * @param inputs the inputs of the batch, the first dimension of each counts the samples
     * @return a tensor that belongs to the native scope of the caller
     */
    Tensor forward(Tensor... inputs);

    /** The trainable parameters, in a fixed sequence. Their handles belong to the model. */
    List<Parameter> parameters();

    /** The tensors that belong to the model's state and are not trained, by name: running means, for example. */
    default Map<String, Tensor> buffers() {
        return Map.of();
    }

    /** The parameters in groups, each with hyper-parameters of its own, from the input's side to the output's; one group by default. */
    default List<List<Parameter>> parameterGroups() {
        return List.of(parameters());
    }

    /** Switches between training and evaluation, where dropout and batch norm differ. */
    void train(boolean training);

    /**
     * The mode that it is in, to be put back later by running the result: that of single layers may differ from that of the whole, frozen
     * batch norms for example.
     *
     * @return null, the default, if it cannot tell; then {@link #train} has to do
     */
    default @Nullable Runnable mode() {
        return null;
    }

    /** Moves parameters and buffers to a device, in place: handles stay valid. */
    void to(Device device);

    /** Called once at the start of each fit: recurrent models drop their hidden state. */
    default void reset() {}
}
