package dev.rondo.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.jspecify.annotations.Nullable;

/**
 * Base of LSTM and GRU. Inputs are (N, L, in): samples, steps, features. Outputs are (N, L, hidden), or (N, L, 2·hidden) if bidirectional.
 * Parameters of layer k = 0, 1, …: {@code weight_ih_lk} (gates·hidden, in), {@code weight_hh_lk} (gates·hidden, hidden), {@code bias_ih_lk}
 * and {@code bias_hh_lk} (gates·hidden); those of the reverse direction end in {@code _reverse}. All are initialized uniformly from
 * −1/√hidden to 1/√hidden, as in PyTorch.
 *
 * <p>A layer keeps no state between batches. {@link #outputs} returns the last state, which can be an input of the next forward.
 */
abstract class Recurrent extends Layer implements MultiOutput {
    /** The constructor arguments of a layer. */
    record Size(long in, long hidden, int layers, double dropout, boolean bidirectional) {
        Size {
            if (in < 1 || hidden < 1 || layers < 1) {
                throw new IllegalArgumentException(
                        "A recurrent layer has at least 1 input feature, 1 hidden feature and 1 layer, not " + in + ", "
                                + hidden + " and " + layers + ".");
            }
            if (!(dropout >= 0 && dropout <= 1)) {
                throw new IllegalArgumentException("A dropout probability is between 0 and 1, not " + dropout + ".");
            }
        }

        int directions() {
            return bidirectional ? 2 : 1;
        }
    }

    final Size size;
    final TensorVector weights;
    private final int states;
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
            long in = layer == 0 ? size.in : size.hidden * size.directions();
            for (int direction = 0; direction < size.directions(); direction++) {
                String of = "_l" + layer + (direction == 0 ? "" : "_reverse");
                all.add(drawn("weight_ih" + of, Parameter.Role.WEIGHT, rows, in));
                all.add(drawn("weight_hh" + of, Parameter.Role.WEIGHT, rows, size.hidden));
                all.add(drawn("bias_ih" + of, Parameter.Role.BIAS, rows));
                all.add(drawn("bias_hh" + of, Parameter.Role.BIAS, rows));
            }
        }
        weights = own(new TensorVector(all.toArray(Tensor[]::new)));
    }

    private Tensor drawn(String name, Parameter.Role role, long... shape) {
        return parameter(name, Init.uniform(size.hidden, shape), role);
    }

    /** The initial state: the inputs after the first, or zeros. */
    final Tensor[] state(Tensor[] inputs) {
        Tensor[] state = new Tensor[states];
        if (inputs[0].dim() != 3) {
            throw new IllegalArgumentException(getClass().getSimpleName()
                    + " takes an input (samples, steps, features), but got " + Arrays.toString(inputs[0].shape())
                    + ".");
        }
        if (inputs.length != 1 && inputs.length != 1 + states) {
            throw new IllegalArgumentException(
                    getClass().getSimpleName() + " takes an input, or an input and a state of " + states
                            + (states == 1 ? " tensor" : " tensors") + ", but got " + inputs.length + " tensors.");
        }
        for (int i = 0; i < states; i++) {
            state[i] = inputs.length > 1
                    ? inputs[1 + i]
                    : inputs[0].new_zeros((long) size.layers * size.directions(), inputs[0].size(0), size.hidden);
        }
        return state;
    }

    /** Keeps the outputs of a forward and returns the first. */
    final Tensor computed(Tensor... all) {
        outputs = List.of(all);
        return output(all[0]);
    }

    @Override
    public final List<Tensor> outputs() {
        if (outputs == null) {
            throw new IllegalStateException(getClass().getSimpleName() + " has no outputs yet: call forward first.");
        }
        return outputs;
    }
}
