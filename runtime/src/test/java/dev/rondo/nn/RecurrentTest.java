package dev.rondo.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import dev.rondo.torch.Torch;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The expected values are those of PyTorch 2.10.0 on a CPU: torch.manual_seed(1), then a layer with 2 input and 3 hidden features and
 * batch_first=True, on torch.arange(12.).reshape(2, 3, 2) / 10.
 */
@ExtendWith(InScope.class)
class RecurrentTest {
    private final Tensor x = Tensors.count(2, 3, 2).div(new Scalar(10f));

    @Test
    void lstm() {
        LSTM lstm = new LSTM(2, 3);
        assertValues(
                lstm.forward(x),
                -0.0722428188,
                0.122244939,
                -0.180322066,
                -0.131926715,
                0.132592365,
                -0.24430792,
                -0.182198301,
                0.115267813,
                -0.26336965,
                -0.0966882184);
        List<Tensor> outputs = lstm.outputs();
        assertValues(outputs.get(1), -0.182198301, 0.115267813, -0.26336965, -0.247442663, 0.0784512535, -0.223488793);
        assertValues(outputs.get(2), -0.504326344, 0.225310072, -0.749110758, -0.554201186, 0.186632231, -0.703265548);
        assertValues(
                lstm.forward(x, outputs.get(1), outputs.get(2)),
                -0.172886103,
                0.125345394,
                -0.302444339,
                -0.202851743,
                0.112920746,
                -0.295751333);
        outputs.get(0).square().sum().backward();
        assertValues(
                lstm.parameters().get(1).tensor().grad(), -0.0112344036, 0.0101817567, -0.0175951831, -0.00278998911);
    }

    @Test
    void gru() {
        GRU gru = new GRU(2, 3);
        assertValues(
                gru.forward(x),
                -0.318406403,
                0.203069389,
                0.029695686,
                -0.495554119,
                0.345317066,
                0.00648048893,
                -0.586910009,
                0.446446121,
                -0.0154911149,
                -0.310474157);
        Tensor output = gru.outputs().get(0), state = gru.outputs().get(1);
        assertValues(state, -0.586910009, 0.446446121, -0.0154911149, -0.580482543, 0.414960653, 0.0232247468);
        assertValues(
                gru.forward(x, state),
                -0.628906071,
                0.525877714,
                -0.0530531518,
                -0.652950644,
                0.579750896,
                -0.0621915422);
        output.square().sum().backward();
        assertValues(gru.parameters().get(1).tensor().grad(), -0.117655225, 0.0768007189, 0.00931529235, -0.0698817521);
    }

    /** Two layers in both directions. */
    @Test
    void deep() {
        LSTM lstm = LSTM.bidirectional(2, 3, 2, 0);
        assertValues(
                lstm.forward(x),
                0.0639803782,
                -0.00759423291,
                -0.136995718,
                -0.00261003617,
                -0.0323857963,
                -0.119274423,
                0.0827875361,
                -0.0116321519);
        assertArrayEquals(new long[] {4, 2, 3}, lstm.outputs().get(1).shape());
        Torch.seed(1);
        GRU gru = GRU.bidirectional(2, 3, 2, 0);
        assertValues(
                gru.forward(x),
                0.0164629295,
                0.254072547,
                0.244573593,
                -0.514542222,
                0.0889130831,
                -0.0154857859,
                0.0366599448,
                0.373842537);
    }

    @Test
    void namesAreThoseOfPyTorch() {
        assertEquals(
                List.of(
                        "weight_ih_l0 [12, 2] WEIGHT",
                        "weight_hh_l0 [12, 3] WEIGHT",
                        "bias_ih_l0 [12] BIAS",
                        "bias_hh_l0 [12] BIAS"),
                new LSTM(2, 3)
                        .parameters().stream()
                                .map(p -> p.name() + " "
                                        + Arrays.toString(p.tensor().shape()) + " " + p.role())
                                .toList());
        assertEquals(
                List.of("l0", "l0_reverse", "l1", "l1_reverse"),
                GRU.bidirectional(2, 3, 2, 0).parameters().stream()
                        .map(p -> p.name().replaceFirst("^[a-z]*_[a-z]*_", ""))
                        .distinct()
                        .toList());
    }

    @Test
    void dropoutBetweenLayersActsInTrainingOnly() {
        LSTM lstm = new LSTM(2, 3, 2, 1);
        Tensor alone = lstm.forward(x);
        lstm.train(false);
        assertTrue(!lstm.forward(x).equal(alone));
        assertTrue(lstm.forward(x).equal(lstm.forward(x)));
    }

    @Test
    void wrongArgumentsAreNamed() {
        LSTM lstm = new LSTM(2, 3);
        assertEquals(
                "LSTM has no outputs yet: call forward first.",
                assertThrows(IllegalStateException.class, lstm::outputs).getMessage());
        assertMessage(
                "The layer LSTM 2→3 takes an input, or an input and a state of 2 tensors, but got 2 tensors.",
                () -> lstm.forward(x, x));
        assertMessage(
                "In layer GRU 2→3: the input is (samples, steps, features), but got [3, 2] float32.",
                () -> new GRU(2, 3).forward(x.select(0, 0)));
        assertMessage("The number of layers of a recurrent layer is at least 1, not 0.", () -> new GRU(2, 3, 0, 0));
        assertMessage("A dropout probability is between 0 and 1, not 2.0.", () -> new GRU(2, 3, 1, 2));
    }

    private static void assertMessage(String message, Runnable call) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }

    @Test
    void aForwardLeavesNoHandleAfterItsScope() {
        for (Layer layer : List.of(new LSTM(2, 3), GRU.bidirectional(2, 3, 2, .1))) {
            step(layer);
            long before = Pointer.totalCount();
            for (int i = 0; i < 20; i++) step(layer);
            assertTrue(Pointer.totalCount() <= before);
        }
    }

    private void step(Layer layer) {
        try (PointerScope memory = new PointerScope()) {
            layer.forward(x).square().sum().backward();
        }
    }

    @Test
    void aClosedLayerLeavesNothing() {
        new LSTM(2, 3).close();
        long before = Pointer.totalCount();
        try (PointerScope memory = new PointerScope()) {
            new LSTM(2, 3).close();
        }
        assertTrue(Pointer.totalCount() <= before);
    }

    private static void assertValues(Tensor actual, double... first) {
        float[] expected = Tensors.values(Tensors.floats(first));
        assertArrayEquals(expected, Arrays.copyOf(Tensors.values(actual), first.length), 1e-6f);
    }
}
