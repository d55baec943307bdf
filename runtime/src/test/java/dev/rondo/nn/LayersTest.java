package dev.rondo.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The results of single layers. */
@ExtendWith(InScope.class)
class LayersTest {
    @Test
    void linearWithoutBiasIsAProduct() {
        Linear linear = Linear.withoutBias(3, 2);
        assertEquals(1, linear.parameters().size());
        Tensor weight = linear.parameters().get(0).tensor(), x = Tensors.count(5, 4, 3);
        Tensor y = linear.forward(x);
        assertArrayEquals(new long[] {5, 4, 2}, y.shape());
        assertArrayEquals(Tensors.values(x.matmul(weight.t())), Tensors.values(y), 1e-5f);
    }

    /** Channel 0 of the batch is 1, 2, 3, 4: its mean is 2.5 and its variance 1.25, or 5/3 with n−1. Channel 1 is ten times as large. */
    @Test
    void batchNormNormalizesWithTheBatchInTraining() {
        BatchNorm2d norm = new BatchNorm2d(2);
        double unit = 1 / Math.sqrt(1.25);
        float[] expected = {
            (float) (-1.5 * unit), (float) (-.5 * unit), (float) (.5 * unit), (float) (1.5 * unit),
        };
        float[] y = Tensors.values(norm.forward(batch()));
        assertArrayEquals(expected, Arrays.copyOfRange(y, 0, 4), 1e-4f);
        assertArrayEquals(expected, Arrays.copyOfRange(y, 4, 8), 1e-4f);
        assertArrayEquals(
                new float[] {.25f, 2.5f}, Tensors.values(norm.buffers().get("running_mean")), 1e-6f);
        assertArrayEquals(
                new float[] {.9f + .1f * 5 / 3, .9f + 10 * 5f / 3},
                Tensors.values(norm.buffers().get("running_var")),
                1e-5f);
    }

    @Test
    void batchNormUsesTheRunningStatisticsInEvaluation() {
        BatchNorm2d norm = new BatchNorm2d(2);
        norm.train(false);
        assertArrayEquals(Tensors.values(batch()), Tensors.values(norm.forward(batch())), 1e-3f); // mean 0, variance 1
        assertArrayEquals(new float[] {0, 0}, Tensors.values(norm.buffers().get("running_mean")));
    }

    @Test
    void batchNormTakesItsMomentumAndEps() {
        BatchNorm2d norm = new BatchNorm2d(2, 1e-9, 1);
        norm.forward(batch());
        assertArrayEquals(new float[] {2.5f, 25}, Tensors.values(norm.buffers().get("running_mean")), 1e-6f);
    }

    private static Tensor batch() {
        return Tensors.floats(1, 2, 3, 4, 10, 20, 30, 40).reshape(1, 2, 2, 2);
    }

    @Test
    void dropoutZeroesAndScalesInTraining() {
        Tensor x = torch.ones(10_000);
        float[] y = Tensors.values(new Dropout(.2).forward(x));
        long zeros = IntStream.range(0, y.length).filter(i -> y[i] == 0).count();
        assertEquals(2000, zeros, 200);
        for (float v : y) assertTrue(v == 0 || Math.abs(v - 1.25f) < 1e-6f);
    }

    @Test
    void dropoutIsOffInEvaluation() {
        Dropout dropout = new Dropout(.5);
        dropout.train(false);
        assertTrue(dropout.forward(Tensors.count(100)).equal(Tensors.count(100)));
    }

    @Test
    void dropoutTakesAProbability() {
        assertTrue(new Dropout(0).forward(Tensors.count(9)).equal(Tensors.count(9)));
        assertEquals(0, new Dropout(1).forward(Tensors.count(9)).sum().item_float());
        for (double p : new double[] {-.1, 1.1, Double.NaN}) {
            Exception e = assertThrows(IllegalArgumentException.class, () -> new Dropout(p));
            assertEquals("A dropout probability is between 0 and 1, not " + p + ".", e.getMessage());
        }
    }

    /** The channels-last weight changes the strides of results, but neither their values nor the gradients. */
    @Test
    void convolutionEqualsOneInContiguousFormat() {
        Conv2d conv = new Conv2d(3, 8, 3, 2, 1);
        Tensor weight = conv.parameters().get(0).tensor(),
                bias = conv.parameters().get(1).tensor();
        assertTrue(weight.is_contiguous(MemoryFormat.ChannelsLast));
        Tensor x = torch.randn(4, 3, 9, 9);
        Tensor y = conv.forward(x);
        assertTrue(y.is_contiguous(MemoryFormat.ChannelsLast));

        Tensor reference = weight.detach().contiguous(MemoryFormat.Contiguous).set_requires_grad(true);
        long[] stride = {2, 2}, padding = {1, 1}, dilation = {1, 1};
        Tensor expected = torch.conv2d(x, reference, new TensorOptional(bias), stride, padding, dilation, 1);
        assertArrayEquals(expected.shape(), y.shape());
        assertTrue(torch.allclose(expected, y, 1e-5, 1e-6, false));
        y.square().sum().backward();
        expected.square().sum().backward();
        assertTrue(torch.allclose(reference.grad(), weight.grad(), 1e-4, 1e-4, false));
    }

    /** With one input channel both memory formats look alike, and only the strides differ. */
    @Test
    void convolutionOfOneChannelIsChannelsLastToo() {
        assertTrue(new Conv2d(1, 4, 3, 1).forward(torch.ones(2, 1, 8, 8)).is_contiguous(MemoryFormat.ChannelsLast));
    }

    @Test
    void convolutionWithoutBias() {
        Conv2d conv = Conv2d.withoutBias(1, 2, 3, 1, 1);
        assertEquals(1, conv.parameters().size());
        assertEquals(0, conv.forward(torch.zeros(1, 1, 4, 4)).abs().sum().item_float());
    }

    @Test
    void poolsAndFlattens() {
        Tensor pooled = new MaxPool2d(2).forward(Tensors.count(1, 1, 5, 4));
        assertArrayEquals(new long[] {1, 1, 2, 2}, pooled.shape());
        assertArrayEquals(new float[] {5, 7, 13, 15}, Tensors.values(pooled));
        assertArrayEquals(
                new long[] {2, 12},
                new Flatten().forward(Tensors.count(2, 3, 2, 2)).shape());
        assertArrayEquals(new float[] {0, 0, 2}, Tensors.values(new ReLU().forward(Tensors.floats(-1, 0, 2))));
    }

    @Test
    void gradientsReachEveryParameter() {
        Sequential net = new Sequential(
                new Conv2d(1, 2, 3, 1), new BatchNorm2d(2), new ReLU(), new Flatten(), new Linear(32, 3));
        net.forward(torch.randn(5, 1, 4, 4)).square().sum().backward();
        for (Parameter p : net.parameters()) {
            assertTrue(p.tensor().grad().defined(), p.name());
        }
        for (Tensor buffer : net.buffers().values()) assertFalse(buffer.requires_grad());
    }

    /** The first layer gets all inputs of the batch; each later layer gets the output of the layer before it. */
    @Test
    void sequentialGivesTheFirstLayerAllInputs() {
        Layer sum = new Layer() {
            @Override
            public Tensor forward(Tensor... inputs) {
                return inputs.length == 2 ? inputs[0].add(inputs[1]) : inputs[0].mul(new Scalar(10f));
            }
        };
        Tensor y = new Sequential(sum, sum2(sum)).forward(Tensors.floats(1), Tensors.floats(2));
        assertEquals(30, y.item_float());
    }

    private static Layer sum2(Layer of) {
        return new Layer() {
            @Override
            public Tensor forward(Tensor... inputs) {
                return of.forward(inputs);
            }
        };
    }
}
