package dev.rondo.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.rondo.torch.Devices;
import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Arguments and inputs that layers refuse, as PyTorch does in Python or at the first forward, and those that they accept. */
@ExtendWith(InScope.class)
class LayerArgumentsTest {
    private static Arguments refused(String message, Supplier<?> call) {
        return arguments(message, call);
    }

    private static Tensor zeros(long... shape) {
        return torch.zeros(shape);
    }

    /** A layer with a buffer. */
    private static final class Custom extends Layer {
        Custom(String name, Tensor tensor) {
            buffer(name, tensor);
        }

        @Override
        public Tensor forward(Tensor... x) {
            return x[0];
        }
    }

    static Stream<Arguments> constructors() {
        return Stream.of(
                refused("The number of input features of Linear is at least 0, not -1.", () -> new Linear(-1, 3)),
                refused("The number of output features of Linear is at least 0, not -3.", () -> new Linear(1, -3)),
                refused("The number of input channels of Conv2d is at least 0, not -1.", () -> new Conv2d(-1, 2, 3, 1)),
                refused("The number of output channels of Conv2d is at least 1, not 0.", () -> new Conv2d(1, 0, 3, 1)),
                refused("The kernel of Conv2d is at least 1, not 0.", () -> new Conv2d(1, 2, 0, 0)),
                refused("The stride of Conv2d is at least 1, not 0.", () -> new Conv2d(1, 2, 3, 0, 0)),
                refused("The padding of Conv2d is at least 0, not -1.", () -> new Conv2d(1, 2, 3, -1)),
                refused("The number of channels of BatchNorm1d is at least 1, not 0.", () -> new BatchNorm1d(0)),
                refused("The number of channels of BatchNorm2d is at least 1, not -2.", () -> new BatchNorm2d(-2)),
                refused("The eps of BatchNorm1d is above 0 and finite, not 0.0.", () -> new BatchNorm1d(3, 0, .1)),
                refused(
                        "The eps of BatchNorm1d is above 0 and finite, not NaN.",
                        () -> new BatchNorm1d(3, Double.NaN, .1)),
                refused("The momentum of BatchNorm2d is between 0 and 1, not 2.0.", () -> new BatchNorm2d(3, 1e-5, 2)),
                refused("LayerNorm needs the last dimensions of its input.", () -> new LayerNorm()),
                refused("The size of a dimension of LayerNorm is at least 0, not -1.", () -> new LayerNorm(4, -1)),
                refused("The eps of LayerNorm is at least 0 and finite, not -1.0.", () -> LayerNorm.withEps(-1, 4)),
                refused("The number of entries of Embedding is at least 0, not -1.", () -> new Embedding(-1, 2)),
                refused("The length of the vectors of Embedding is at least 0, not -1.", () -> new Embedding(2, -1)),
                refused(
                        "The padding of an Embedding of 3 entries is one of their indices, not 3.",
                        () -> Embedding.withPadding(3, 2, 3)),
                refused(
                        "The padding of an Embedding of 3 entries is one of their indices, not -4.",
                        () -> Embedding.withPadding(3, 2, -4)),
                refused("A dropout probability is between 0 and 1, not 1.5.", () -> new Dropout(1.5)),
                refused("The kernel of MaxPool2d is at least 1, not 0.", () -> new MaxPool2d(0)),
                refused("The stride of MaxPool2d is at least 1, not 0.", () -> new MaxPool2d(2, 0, 0)),
                refused("The padding of MaxPool2d is at least 0, not -1.", () -> new MaxPool2d(2, 2, -1)),
                refused(
                        "The padding of MaxPool2d is at most half of the kernel, 1, not 2.",
                        () -> new MaxPool2d(3, 2, 2)),
                refused(
                        "The height of the output of AdaptiveAvgPool2d is at least 0, not -1.",
                        () -> new AdaptiveAvgPool2d(-1)),
                refused(
                        "The number of input features of a recurrent layer is at least 0, not -1.",
                        () -> new LSTM(-1, 3)),
                refused(
                        "The number of hidden features of a recurrent layer is at least 1, not 0.",
                        () -> new GRU(2, 0)),
                refused("The layers of Sequential are null.", () -> new Sequential((Layer[]) null)),
                refused("'0' of Sequential is null.", () -> new Sequential((Layer) null)),
                refused("A name in Custom is null.", () -> new Custom(null, zeros(1))),
                refused("The tensor 'w' of Custom is undefined.", () -> new Custom("w", new Tensor())),
                refused(
                        "The tensor of the parameter 'w' is null.",
                        () -> new Parameter("w", null, Parameter.Role.BIAS)),
                refused("The role of the parameter 'w' is null.", () -> new Parameter("w", zeros(1), null)));
    }

    static Stream<Arguments> inputs() {
        LSTM lstm = new LSTM(2, 3);
        BatchNorm1d norm = new BatchNorm1d(3);
        return Stream.of(
                refused("The layer Linear 3→2 takes one input, but got none.", () -> new Linear(3, 2).forward()),
                refused(
                        "The layer Linear 3→2 takes one input, but got [1, 3] float32, [2] int64.",
                        () -> new Linear(3, 2).forward(zeros(1, 3), Tensors.longs(1, 2))),
                refused("An input of layer GELU is null.", () -> new GELU().forward((Tensor) null)),
                refused("The inputs of layer GELU are null.", () -> new GELU().forward((Tensor[]) null)),
                refused("An input of layer ReLU is closed.", () -> {
                    Tensor x = zeros(2);
                    x.close();
                    return new ReLU().forward(x);
                }),
                refused("The layer LayerNorm [3] is closed.", () -> {
                    LayerNorm closed = new LayerNorm(3); // libtorch would normalize without weight and bias
                    closed.close();
                    return closed.forward(zeros(2, 3));
                }),
                refused("The layer Linear 3→2 is closed.", () -> {
                    Linear closed = new Linear(3, 2);
                    closed.close();
                    closed.to(Devices.cpu());
                    return closed;
                }),
                refused("The layer Sequential takes an input, but got none.", () -> new Sequential().forward()),
                refused(
                        "mat1 and mat2 must have the same dtype, but got Byte and Float, in layer Linear 3→2, input [1, 3] uint8:"
                                + " convert it with to(ScalarType.Float), the type of the parameters",
                        () -> new Linear(3, 2).forward(zeros(1, 3).to(ScalarType.Byte))),
                refused(
                        "In layer AdaptiveAvgPool2d 1×1: the input is (N, C, H, W) or (C, H, W), but got [2, 3] float32.",
                        () -> new AdaptiveAvgPool2d(1).forward(zeros(2, 3))),
                refused(
                        "In layer BatchNorm1d 3: training needs more than one value per channel, but got [1, 3] float32:"
                                + " leave out a last batch of one sample with the loader's dropLast(true), or use another"
                                + " batch size.",
                        () -> norm.forward(zeros(1, 3))),
                refused(
                        "In layer BatchNorm1d 3: the input is (N, C) or (N, C, L), but got [2, 3, 4, 4] float32.",
                        () -> norm.forward(zeros(2, 3, 4, 4))),
                refused(
                        "In layer BatchNorm2d 3: the input is (N, C, H, W), but got [2, 3] float32.",
                        () -> new BatchNorm2d(3).forward(zeros(2, 3))),
                refused("The momentum of BatchNorm1d is between 0 and 1, not NaN.", () -> {
                    norm.setMomentum(Double.NaN);
                    return norm;
                }),
                refused(
                        "In layer LSTM 2→3: the input has 2 features, its last dimension, but got [1, 4, 5] float32.",
                        () -> lstm.forward(zeros(1, 4, 5))),
                refused(
                        "In layer LSTM 2→3: the input has at least one step, its second dimension, but got [1, 0, 2]"
                                + " float32.",
                        () -> lstm.forward(zeros(1, 0, 2))),
                refused(
                        "In layer LSTM 2→3: the state for this input is [1, 2, 3], but got [1, 2, 4] float32.",
                        () -> lstm.forward(zeros(2, 4, 2), zeros(1, 2, 4), zeros(1, 2, 4))),
                refused(
                        "In layer GRU 2→3: the state for this input is [1, 2, 3], but got [1, 1, 3] float32.",
                        () -> new GRU(2, 3).forward(zeros(2, 4, 2), zeros(1, 1, 3))));
    }

    @ParameterizedTest
    @MethodSource({"constructors", "inputs"})
    void isRefusedInOneSentence(String message, Supplier<?> call) {
        assertEquals(message, assertThrows(RuntimeException.class, call::get).getMessage());
    }

    static Stream<Arguments> accepted() {
        Layer evaluated = new BatchNorm1d(3);
        evaluated.train(false);
        return Stream.of(
                arguments(new Linear(0, 3), zeros(2, 0), new long[] {2, 3}),
                arguments(new Linear(3, 0), zeros(2, 3), new long[] {2, 0}),
                arguments(new Linear(3, 2), zeros(0, 3), new long[] {0, 2}),
                arguments(new Conv2d(0, 2, 3, 0), zeros(1, 0, 5, 5), new long[] {1, 0, 3, 3}), // as in PyTorch
                arguments(new Conv2d(1, 2, 3, 0), zeros(0, 1, 5, 5), new long[] {0, 2, 3, 3}),
                arguments(new Conv2d(1, 2, 3, 0), zeros(1, 5, 5), new long[] {2, 3, 3}),
                arguments(evaluated, zeros(1, 3), new long[] {1, 3}),
                arguments(new BatchNorm1d(3), zeros(0, 3), new long[] {0, 3}),
                arguments(new BatchNorm1d(3), zeros(1, 3, 2), new long[] {1, 3, 2}),
                arguments(new LayerNorm(0), zeros(2, 0), new long[] {2, 0}),
                arguments(new LayerNorm(3), zeros(0, 3), new long[] {0, 3}),
                arguments(new Embedding(3, 2), torch.zeros(0, 4).to(ScalarType.Long), new long[] {0, 4, 2}),
                arguments(new Embedding(3, 2), torch.zeros(4).to(ScalarType.Int), new long[] {4, 2}),
                arguments(new MaxPool2d(3, 2, 1), zeros(1, 1, 6, 6), new long[] {1, 1, 3, 3}),
                arguments(new MaxPool2d(2), zeros(0, 1, 4, 4), new long[] {0, 1, 2, 2}),
                arguments(new AdaptiveAvgPool2d(0), zeros(1, 1, 4, 4), new long[] {1, 1, 0, 0}),
                arguments(new Dropout(.5), zeros(0, 3), new long[] {0, 3}),
                arguments(new Flatten(), zeros(0, 3, 2), new long[] {0, 6}),
                arguments(new GRU(0, 3), zeros(2, 4, 0), new long[] {2, 4, 3}),
                arguments(new LSTM(2, 3), zeros(0, 4, 2), new long[] {0, 4, 3}),
                arguments(new Sequential(), zeros(3), new long[] {3}));
    }

    @ParameterizedTest
    @MethodSource
    void accepted(Layer layer, Tensor x, long[] shape) {
        Tensor y = layer.forward(x);
        assertArrayEquals(shape, y.shape());
        assertEquals(0, y.isnan().sum().item_long());
    }

    /** As in PyTorch, the bias is 0 if there are no inputs. */
    @Test
    void aLinearLayerWithoutInputsIsItsBias() {
        Linear bias = new Linear(0, 2);
        assertArrayEquals(
                new float[] {0, 0}, Tensors.values(bias.parameters().get(1).tensor()));
    }

    @Test
    void theVectorOfThePaddingIsZeroAndGetsNoGradient() {
        Embedding embedding = Embedding.withPadding(3, 2, -1);
        Tensor y = embedding.forward(Tensors.longs(2, 0));
        assertArrayEquals(new float[] {0, 0}, Tensors.values(y.select(0, 0)));
        y.sum().backward();
        assertArrayEquals(
                new float[] {1, 1, 0, 0, 0, 0},
                Tensors.values(embedding.parameters().get(0).tensor().grad()));
    }

    @Test
    void paddingIsNeverTheMaximum() {
        Tensor y = new MaxPool2d(3, 2, 1).forward(Tensors.floats(-1, -2, -3, -4).reshape(1, 1, 2, 2));
        assertArrayEquals(new float[] {-1}, Tensors.values(y));
    }
}
