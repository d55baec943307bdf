package dev.rondo.nn;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * A model, or a layer, that computes more than the tensor it returns: a recurrent one its state, a language model the activations behind
 * its scores. {@link #forward} returns what losses and metrics look at; whoever wants the rest asks for it afterwards.
 */
public interface MultiOutput extends Model {
    /**
     * All that the last forward computed, what it returned first. The tensors belong to the native scope of that forward: in a learner,
     * they live until the batch ends.
     *
     * @throws IllegalStateException before the first forward
     */
    List<Tensor> outputs();
}
