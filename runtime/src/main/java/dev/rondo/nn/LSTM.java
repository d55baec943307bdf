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
 * <p>Inputs are batch-first, PyTorch's {@code batch_first=True}. Parameters are those of PyTorch, with four gates.
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
     * @param in features of the input
     * @param hidden features of the hidden state
     * @param layers number of stacked layers
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
    public Tensor forward(Tensor... inputs) {
        try (TensorVector state = new TensorVector(state(inputs));
                T_TensorTensorTensor_T all = torch.lstm(
                        inputs[0],
                        state,
                        weights,
                        true,
                        size.layers(),
                        size.dropout(),
                        training(),
                        size.bidirectional(),
                        true)) {
            return computed(new Tensor(all.get0()), new Tensor(all.get1()), new Tensor(all.get2()));
        }
    }
}
