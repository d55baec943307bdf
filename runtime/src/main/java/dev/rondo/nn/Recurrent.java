package dev.rondo.nn;

import dev.rondo.torch.Generators;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Base of LSTM and GRU. Inputs are (N, L, in): samples, steps, features. Outputs are (N, L, hidden), or (N, L, 2·hidden) if bidirectional.
 * Parameters of layer k = 0, 1, …: {@code weight_ih_lk} (gates·hidden, in), {@code weight_hh_lk} (gates·hidden, hidden), {@code bias_ih_lk}
 * and {@code bias_hh_lk} (gates·hidden); those of the reverse direction end in {@code _reverse}. All are initialized uniformly from
 * −1/√hidden to 1/√hidden, as in PyTorch.
 *
 * <p>In a learner's run, the elements that dropout zeroes between two layers are drawn from the learner's generator; see {@link
 * Generators}. The layers then run one after the other, also on CUDA.
 *
 * <p>A layer keeps no state between batches. {@link #outputs} returns the last state, which can be an input of the next forward. A model that
 * keeps it for the next batch implements {@link Model#hiddenState}, so that a run can be resumed inside an epoch.
 */
abstract class Recurrent extends OperatorLayer implements MultiOutput {
    /** The constructor arguments of a layer. */
    record Size(long in, long hidden, int layers, double dropout, boolean bidirectional) {
        Size {
            Checks.atLeast(0, in, "number of input features of a recurrent layer");
            Checks.atLeast(1, hidden, "number of hidden features of a recurrent layer");
            Checks.atLeast(1, layers, "number of layers of a recurrent layer");
            Checks.probability(dropout);
        }

        int directions() {
            return bidirectional ? 2 : 1;
        }

        boolean dropsBetweenLayers() {
            return dropout > 0 && layers > 1;
        }
    }

    private final Size size;
    private final int states;
    private final TensorVector weights;
    private final List<TensorVector> weightsOfLayers = new ArrayList<>(); // empty without dropout between layers
    private @Nullable List<Tensor> outputs;

    /**
     * @param gates number of gates
     * @param states number of tensors in the state
     */
    Recurrent(Size size, int gates, int states) {
        this.size = size;
        this.states = states;
        List<Tensor> all = new ArrayList<>();
        long rows = gates * size.hidden;
        for (int layer = 0; layer < size.layers; layer++) {
            int first = all.size();
            long in = layer == 0 ? size.in : size.hidden * size.directions();
            for (int direction = 0; direction < size.directions(); direction++) {
                String of = "_l" + layer + (direction == 0 ? "" : "_reverse");
                all.add(drawn("weight_ih" + of, Parameter.Role.WEIGHT, rows, in));
                all.add(drawn("weight_hh" + of, Parameter.Role.WEIGHT, rows, size.hidden));
                all.add(drawn("bias_ih" + of, Parameter.Role.BIAS, rows));
                all.add(drawn("bias_hh" + of, Parameter.Role.BIAS, rows));
            }
            if (size.dropsBetweenLayers()) weightsOfLayers.add(vector(all.subList(first, all.size())));
        }
        weights = vector(all);
    }

    private TensorVector vector(List<Tensor> tensors) {
        return own(new TensorVector(tensors.toArray(Tensor[]::new)));
    }

    private Tensor drawn(String name, Parameter.Role role, long... shape) {
        return parameter(name, Init.uniform(size.hidden, shape), role);
    }

    @Override
    final int mostInputs() {
        return 1 + states;
    }

    @Override
    final Tensor compute(Tensor... inputs) {
        check(inputs);
        Tensor x = inputs[0];
        Tensor[] state = inputs.length > 1 ? Arrays.copyOfRange(inputs, 1, inputs.length) : zeros(x);
        Tensor[] all = size.dropsBetweenLayers() && training() && Generators.areInUse()
                ? layerByLayer(x, state)
                : run(x, state, weights, size.layers, size.dropout, size.bidirectional);
        outputs = List.of(all);
        return all[0];
    }

    /**
     * Calls the operator.
     *
     * @return the output and the last state
     */
    abstract Tensor[] run(
            Tensor x, Tensor[] state, TensorVector weights, int layers, double dropout, boolean bidirectional);

    /** What PyTorch checks in Python. libtorch's LSTM would read beyond the end of weights and states that do not fit. */
    private void check(Tensor[] inputs) {
        Tensor x = inputs[0];
        if (x.dim() != 3) throw refused("the input is (samples, steps, features)", x);
        if (x.size(2) != size.in) throw refused("the input has " + size.in + " features, its last dimension", x);
        if (x.size(1) == 0) throw refused("the input has at least one step, its second dimension", x);
        if (inputs.length == 1) return;
        if (inputs.length != 1 + states) {
            throw new IllegalArgumentException("The " + title() + " takes an input, or an input and a state of "
                    + states + " tensors, but got " + inputs.length + " tensors.");
        }
        for (int i = 1; i < inputs.length; i++) {
            Tensor h = inputs[i];
            long rows = (long) size.layers * size.directions();
            if (h.dim() != 3 || h.size(0) != rows || h.size(1) != x.size(0) || h.size(2) != size.hidden) {
                throw refused("the state for this input is [" + rows + ", " + x.size(0) + ", " + size.hidden + "]", h);
            }
        }
    }

    private Tensor[] zeros(Tensor x) {
        Tensor[] state = new Tensor[states];
        for (int i = 0; i < states; i++) {
            state[i] = x.new_zeros((long) size.layers * size.directions(), x.size(0), size.hidden);
        }
        return state;
    }

    /** Runs each layer on its own, with dropout between them, which libtorch's operator would draw from its default generator. */
    private Tensor[] layerByLayer(Tensor input, Tensor[] state) {
        int directions = size.directions();
        Tensor[][] last = new Tensor[states][size.layers];
        Tensor[] above = {input};
        for (int layer = 0; layer < size.layers; layer++) {
            Tensor x = layer == 0 ? input : Dropping.dropped(above[0], size.dropout);
            Tensor[] begin = new Tensor[states];
            for (int i = 0; i < states; i++) begin[i] = state[i].narrow(0, (long) layer * directions, directions);
            above = run(x, begin, weightsOfLayers.get(layer), 1, 0, size.bidirectional);
            for (int i = 0; i < states; i++) last[i][layer] = above[1 + i];
        }
        Tensor[] all = new Tensor[1 + states];
        all[0] = above[0];
        for (int i = 0; i < states; i++) {
            try (TensorVector layers = new TensorVector(last[i])) {
                all[1 + i] = torch.cat(layers, 0);
            }
        }
        return all;
    }

    @Override
    final String sizes() {
        return " " + size.in + "→" + size.hidden + (size.layers == 1 ? "" : ", " + size.layers + " layers")
                + (size.dropout == 0 ? "" : ", dropout " + size.dropout)
                + (size.bidirectional ? ", bidirectional" : "");
    }

    @Override
    public final List<Tensor> outputs() {
        if (outputs == null) {
            throw new IllegalStateException(getClass().getSimpleName() + " has no outputs yet: call forward first.");
        }
        return outputs;
    }
}
