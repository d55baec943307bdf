package dev.rondo.nn;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * A model or layer that computes more than the tensor that it returns: the state of a recurrent layer, for example. Losses and metrics use
 * the result of {@link #forward}; {@link #outputs} returns everything.
 */
public interface MultiOutput extends Model {
    /**
     * All tensors that the last forward computed; the first is the one that it returned. They belong to the native scope of that forward.
     * In a learner, they live until the batch ends.
     *
     * @throws IllegalStateException before the first forward
     */
    List<Tensor> outputs();
}
