package dev.rondo.nn;

import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Long short-term memory: (N, L, in) to (N, L, hidden), or to (N, L, 2·hidden) if bidirectional. The second and third input are the initial
 * hidden and cell state, each (layers·directions, N, hidden); without them both are 0. {@code outputs} returns the output, the last hidden
 * state and the last cell state.
 *
 * <p>Inputs are batch-first, PyTorch's {@code batch_first=True}. Parameters are those of PyTorch, with four gates. In a
 * learner's run, dropout draws from the learner's generators, as {@link Dropout} does.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.LSTM.html">torch.nn.LSTM</a>
 */
public final class LSTM extends Recurrent {
    /** One layer in one direction. */
    public LSTM(long in, long hidden) {
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
    public LSTM(long in, long hidden, int layers, double dropout) {
        this(new Size(in, hidden, layers, dropout, false));
    }

    /**
     * Stacked layers in both directions. Parameters as in {@link #LSTM(long, long, int, double)}.
     */
    public static LSTM bidirectional(long in, long hidden, int layers, double dropout) {
        return new LSTM(new Size(in, hidden, layers, dropout, true));
    }

    private LSTM(Size size) {
        super(size, 4, 2);
    }

    @Override
    Tensor[] run(Tensor x, Tensor[] state, TensorVector weights, int layers, double dropout, boolean bidirectional) {
        try (TensorVector both = new TensorVector(state);
                T_TensorTensorTensor_T all =
                        torch.lstm(x, both, weights, true, layers, dropout, training(), bidirectional, true)) {
            return new Tensor[] {new Tensor(all.get0()), new Tensor(all.get1()), new Tensor(all.get2())};
        }
    }
}
