package dev.rondo.optim;

import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The formula of an optimizer. An instance has no state and serves all parameters. */
interface UpdateRule {
    /** The name of the number of steps among the states of a parameter. */
    String STEP = "step";

    /**
     * A tensor that is kept for each parameter from its first step on.
     *
     * @param name fastai's name, such as {@code grad_avg}
     * @param first makes the initial tensor from the parameter: a new tensor of the same shape, type and memory format
     */
    record State(String name, UnaryOperator<Tensor> first) {
        static State zeros(String name) {
            return new State(name, torch::zeros_like);
        }
    }

    /**
     * Checks a value of a hyper-parameter.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    default void check(Hyper hyper, double value) {
        hyper.check(value);
    }

    /** The name in texts. */
    default String label() {
        return getClass().getSimpleName();
    }

    /** The states that are kept for each parameter. */
    List<State> states();

    /**
     * Updates parameters. Temporary tensors belong to the native scope of the caller.
     *
     * @param group the parameters, their states, the number of the step and the hyper-parameters
     * @param gradients the gradients of the parameters, as a list; they must not be changed
     */
    void step(StepGroup group, IValue gradients);
}
