package dev.rondo.optim;

import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** How parameters are stepped: the formula of an optimizer. It keeps nothing itself; one instance serves all parameters. */
interface UpdateRule {
    /** The name of the number of steps that a parameter has taken, among its states. */
    String STEP = "step";

    /**
     * A tensor that is kept for each parameter from its first step on.
     *
     * @param name fastai's, as {@code grad_avg}
     * @param first what it is before the first step, from the parameter: a new tensor of the same shape, type and memory order
     */
    record State(String name, UnaryOperator<Tensor> first) {
        static State zeros(String name) {
            return new State(name, torch::zeros_like);
        }
    }

    /** What is kept for each parameter. */
    List<State> states();

    /**
     * One step, with what it makes on the way in a scope of the caller's.
     *
     * @param c the parameters, their state, the number of this step and the hyper-parameters
     * @param gradients the list of the parameters' gradients, which are not to be changed
     */
    void step(StepGroup c, IValue gradients);
}
