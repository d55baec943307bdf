package dev.rondo.optim;

import dev.rondo.check.Argument;
import dev.rondo.nn.Parameter;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The formula of an optimizer. An instance has no state and serves all parameters; a record is the natural form. {@link Optimizers#of}
 * makes an optimizer of one, which then saves, restores and freezes as the others do; docs/guide/optimizers.md writes one.
 *
 * <p>All methods are called with autograd switched off.
 */
public interface UpdateRule {
    /** The name of the number of steps among the states of a parameter. */
    String STEP = "step";

    /**
     * A tensor that is kept for each parameter from its first step on.
     *
     * @param name the name in files, such as {@code grad_avg}
     * @param first makes the initial tensor from the parameter: a new tensor, whose shape and type depend on those of the parameter only
     */
    record State(String name, UnaryOperator<Tensor> first) {
        public State {
            Argument.given("name", name);
            Argument.given("first", first);
        }

        /** A state of the shape, type and memory format of the parameter, which is 0 before the first step. */
        public static State zeros(String name) {
            return new State(name, torch::zeros_like);
        }
    }

    /**
     * The rule of a parameter, for optimizers that update matrices in another way than vectors. One call of {@link #step} updates the
     * parameters of a group whose rules are equal.
     *
     * @throws IllegalArgumentException if the optimizer cannot update the parameter; then no optimizer is made
     */
    default UpdateRule forParameter(Parameter parameter) {
        return this;
    }

    /**
     * Checks a value of a hyper-parameter. A rule that has another range than {@link Hyper} overrides this.
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
     * Updates parameters in place. Temporary tensors belong to the native scope of the caller. Weight decay is part of a step: see {@link
     * StepGroup#applyDecay}.
     *
     * @param group the parameters, their states, the number of the step and the hyper-parameters
     * @param gradients the gradients of the parameters, as a list; they must not be changed
     */
    void step(StepGroup group, IValue gradients);
}
