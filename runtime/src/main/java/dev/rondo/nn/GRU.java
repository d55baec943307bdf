package dev.rondo.nn;

import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Gated recurrent unit: (N, L, in) to (N, L, hidden), or to (N, L, 2·hidden) if bidirectional. The second input is the initial state
 * (layers·directions, N, hidden); without it the initial state is 0. {@code outputs} returns the output and the last state.
 *
 * <p>Inputs are batch-first, PyTorch's {@code batch_first=True}. Parameters are those of PyTorch, with three gates. In a
 * learner's run, dropout draws from the learner's generators, as {@link Dropout} does.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.GRU.html">torch.nn.GRU</a>
 */
public final class GRU extends Recurrent {
    /** One layer in one direction. */
    public GRU(long in, long hidden) {
        this(in, hidden, 1, 0);
    }

    /**
     * Stacked layers in one direction.
     *
     * @param in features of the input, at least 0
     * @param hidden features of the hidden state, at least 1
     * @param layers number of stacked layers, at least 1
     * @param dropout probability of zeroing an element between two layers in training, 0 to 1
     */
    public GRU(long in, long hidden, int layers, double dropout) {
        this(new Size(in, hidden, layers, dropout, false));
    }

    /**
     * Stacked layers in both directions. Parameters as in {@link #GRU(long, long, int, double)}.
     */
    public static GRU bidirectional(long in, long hidden, int layers, double dropout) {
        return new GRU(new Size(in, hidden, layers, dropout, true));
    }

    private GRU(Size size) {
        super(size, 3, 1);
    }

    @Override
    Tensor[] run(Tensor x, Tensor[] state, TensorVector weights, int layers, double dropout, boolean bidirectional) {
        try (T_TensorTensor_T all =
                torch.gru(x, state[0], weights, true, layers, dropout, training(), bidirectional, true)) {
            return new Tensor[] {new Tensor(all.get0()), new Tensor(all.get1())};
        }
    }
}
