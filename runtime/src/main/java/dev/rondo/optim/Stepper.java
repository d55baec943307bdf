package dev.rondo.optim;

import dev.rondo.nn.Parameter;
import dev.rondo.torch.Handles;
import dev.rondo.torch.Operator;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Steps some parameters of one group with one kernel: keeps track of which have had a gradient, and gathers the gradients of each step.
 */
final class Stepper implements AutoCloseable {
    private final ParameterGroup group;
    private final Kernel kernel;
    private final Tensor[] parameters;
    /** The parameters' own gradient slots; views, not handles. */
    private final Tensor[] gradients;

    private final boolean[] active;
    /** What stands in for a dropped gradient; made when first needed. */
    private final Tensor[] zeros;

    private int[] numbers = {};
    private IValue parameterList;
    private int hypersVersion = -1;

    Stepper(ParameterGroup group, List<Parameter> part, Kernel kernel) {
        this.group = group;
        this.kernel = kernel;
        parameters = part.stream().map(Parameter::tensor).toArray(Tensor[]::new);
        gradients = part.stream().map(p -> p.tensor().mutable_grad()).toArray(Tensor[]::new);
        active = new boolean[parameters.length];
        zeros = new Tensor[parameters.length];
    }

    void step() {
        if (activate()) {
            numbers = IntStream.range(0, active.length).filter(i -> active[i]).toArray();
            parameterList = Owned.replace(parameterList, Owned.list(parameters, numbers));
            kernel.bind(numbers);
        }
        if (numbers.length == 0) return;
        if (hypersVersion != group.version()) {
            kernel.hypers();
            hypersVersion = group.version();
        }
        kernel.step(parameterList, gradientList());
    }

    /** Whether a parameter has got its first gradient. */
    private boolean activate() {
        boolean changed = numbers.length == 0;
        for (int i = 0; i < active.length; i++) {
            if (!active[i] && gradients[i].defined()) active[i] = changed = true;
        }
        return changed;
    }

    private IValue gradientList() {
        Tensor[] list = new Tensor[numbers.length];
        for (int i = 0; i < list.length; i++) {
            int n = numbers[i];
            list[i] = gradients[n].defined() ? gradients[n] : zero(n);
        }
        return Operator.list(list);
    }

    private Tensor zero(int n) {
        if (zeros[n] == null) zeros[n] = Handles.own(torch.zeros_like(parameters[n]));
        return zeros[n];
    }

    void zeroGrad() {
        for (int i = 0; i < gradients.length; i++) {
            if (!gradients[i].defined()) continue;
            if (!active[i]) {
                active[i] = true;
                numbers = new int[0]; // to be bound at the next step
            }
            gradients[i].reset();
        }
    }

    /** Puts zeros where gradients were dropped. */
    void leaveZeros() {
        for (int i = 0; i < gradients.length; i++) {
            if (active[i] && !gradients[i].defined()) gradients[i].put(torch.zeros_like(parameters[i]));
        }
    }

    @Override
    public void close() {
        kernel.close();
        Owned.close(zeros);
        Owned.close(parameterList);
    }
}
