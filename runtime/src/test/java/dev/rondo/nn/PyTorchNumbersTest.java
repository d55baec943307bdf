package dev.rondo.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import dev.rondo.torch.Torch;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The numbers are those of PyTorch 2.10.0 on a CPU, after torch.manual_seed(1). */
@ExtendWith(InScope.class)
class PyTorchNumbersTest {
    private static final float EXACT = 1e-8f;

    /** torch.nn.Linear(4, 3) */
    @Test
    void linear() {
        Linear linear = new Linear(4, 3);
        float[] weight = {
            0.2576315999f,
            -0.220689117f,
            -0.096930742f,
            0.2346844673f,
            -0.470718443f,
            0.2998586297f,
            -0.102862656f,
            0.2543719410f,
            0.0695084929f,
            -0.061222076f,
            0.1386804580f,
            0.0246658921f
        };
        assertArrayEquals(weight, values(linear, 0), EXACT);
        assertArrayEquals(new float[] {0.1826140880f, -0.194850504f, -0.036454379f}, values(linear, 1), EXACT);
    }

    /** torch.nn.Linear(784, 64): PyTorch samples large tensors by another algorithm */
    @Test
    void largeLinear() {
        Linear linear = new Linear(784, 64);
        assertArrayEquals(
                new float[] {-0.029219500f, 0.0019189503f, -0.030227322f, -0.010987524f},
                last(4, values(linear, 0)),
                EXACT);
        assertArrayEquals(
                new float[] {0.0068975053f, -0.025728793f, 0.0285613089f, 0.0063655632f},
                last(4, values(linear, 1)),
                EXACT);
    }

    /** torch.nn.Conv2d(2, 3, 2) */
    @Test
    void convolution() {
        Conv2d conv = new Conv2d(2, 3, 2, 0);
        float[] weight = {
            0.1821730434f,
            -0.156050771f,
            -0.068540386f,
            0.1659469753f,
            -0.332848191f,
            0.2120320647f,
            -0.072734877f,
            0.1798681169f,
            0.0491499267f,
            -0.043290544f,
            0.0980618894f,
            0.0174414198f,
            0.1291276514f,
            -0.137780115f,
            -0.025777138f,
            -0.031829468f,
            0.0512454248f,
            -0.001412383f,
            0.3090645968f,
            0.1100223213f,
            -0.131665483f,
            -0.213532581f,
            -0.059261079f,
            -0.152501955f
        };
        assertArrayEquals(weight, values(conv, 0), EXACT);
        assertArrayEquals(new float[] {-0.113295659f, 0.0169287025f, 0.2107629776f}, values(conv, 1), EXACT);
    }

    /** torch.nn.Conv2d(3, 16, 3) */
    @Test
    void largeConvolution() {
        assertArrayEquals(
                new float[] {0.0308935493f, -0.017162421f, -0.019431507f, -0.094515100f},
                last(4, values(new Conv2d(3, 16, 3, 0), 0)),
                EXACT);
    }

    /** The network below, on x = torch.arange(128.).reshape(2, 1, 8, 8) / 64, in evaluation, training, evaluation. */
    @Test
    void network() {
        Sequential net = network(0);
        Tensor x = Tensors.count(2, 1, 8, 8).div(new Scalar(64f));
        net.train(false);
        assertArrayEquals(
                new float[] {
                    0.2718555927f,
                    0.2100862115f,
                    0.0386028736f,
                    -0.163110107f,
                    0.0150930285f,
                    -0.149861037f,
                    0.0748639851f,
                    -0.249597817f,
                    -0.118702791f,
                    0.0269333869f
                },
                first(10, Tensors.values(net.forward(x))),
                1e-6f);
        net.train(true);
        assertArrayEquals(
                new float[] {
                    0.7028838396f,
                    0.2047871202f,
                    0.2150457352f,
                    -0.016408666f,
                    0.4120093286f,
                    0.1534244418f,
                    0.0938679873f,
                    -0.642851710f,
                    0.4814912974f,
                    -0.744455456f
                },
                first(10, Tensors.values(net.forward(x))),
                1e-5f);
        assertArrayEquals(
                new float[] {0.0385410785f, -0.002315737f, 0.0079713230f, -0.022403961f},
                Tensors.values(net.buffers().get("1.running_mean")),
                1e-6f);
        assertArrayEquals(
                new float[] {0.9018765687f, 0.9001438617f, 0.9009794592f, 0.9155364036f},
                Tensors.values(net.buffers().get("1.running_var")),
                1e-6f);
        net.train(false);
        assertArrayEquals(
                new float[] {
                    0.2792969346f,
                    0.1995087862f,
                    0.0404620468f,
                    -0.154853940f,
                    0.0307982116f,
                    -0.137603700f,
                    0.0763956308f,
                    -0.247841894f,
                    -0.104309767f,
                    0.0058404877f
                },
                first(10, Tensors.values(net.forward(x))),
                1e-6f);
    }

    /** named_parameters() of the network below */
    @Test
    void names() {
        List<String> parameters = network(.5).parameters().stream()
                .map(p -> p.name() + " " + Arrays.toString(p.tensor().shape()) + " " + p.role())
                .toList();
        assertEquals(
                List.of(
                        "0.weight [4, 1, 3, 3] WEIGHT",
                        "0.bias [4] BIAS",
                        "1.weight [4] NORM",
                        "1.bias [4] NORM",
                        "6.weight [10, 64] WEIGHT",
                        "6.bias [10] BIAS"),
                parameters);
        assertEquals(
                List.of("1.running_mean", "1.running_var"),
                List.copyOf(network(.5).buffers().keySet()));
    }

    /** torch.nn.Embedding(5, 3) */
    @Test
    void embedding() {
        Embedding embedding = new Embedding(5, 3);
        assertArrayEquals(
                new float[] {0.661352158f, 0.266924113f, 0.0616772585f, 0.621317327f},
                first(4, values(embedding, 0)),
                EXACT);
        Tensor looked = embedding.forward(Tensors.longs(4, 0).view(1, 2));
        assertArrayEquals(new long[] {1, 2, 3}, looked.shape());
        assertArrayEquals(
                new float[] {-0.195509583f, -0.965635955f, 0.422415316f, 0.661352158f, 0.266924113f, 0.0616772585f},
                Tensors.values(looked),
                EXACT);
    }

    /** x = torch.arange(12.).reshape(2, 6) / 4 - 1 */
    private static Tensor ramp() {
        return Tensors.count(2, 6).div(new Scalar(4f)).sub(new Scalar(1f));
    }

    /** torch.nn.LayerNorm(6)(x.pow(2)) */
    @Test
    void layerNorm() {
        assertArrayEquals(
                new float[] {1.9010303f, 0.672672272f, -0.204726294f, -0.731165409f, -0.906645119f, -0.731165409f},
                first(6, Tensors.values(new LayerNorm(6).forward(ramp().square()))),
                1e-6f);
    }

    /** torch.nn.BatchNorm1d(6) on x.pow(3), then in evaluation on x */
    @Test
    void batchNorm() {
        BatchNorm1d norm = new BatchNorm1d(6);
        assertArrayEquals(
                new float[] {-0.999984205f, -0.999971926f, -0.999984145f, -0.999994934f},
                first(4, Tensors.values(norm.forward(ramp().pow(new Scalar(3.0))))),
                1e-6f);
        assertArrayEquals(
                new float[] {0.963281214f, 0.935595691f, 0.963281214f, 1.09379876f},
                first(4, Tensors.values(norm.buffers().get("running_var"))),
                1e-6f);
        norm.train(false);
        assertArrayEquals(
                new float[] {-0.974299908f, -0.775380373f, -0.554013669f, -0.331667036f},
                first(4, Tensors.values(norm.forward(ramp()))),
                1e-6f);
    }

    /** torch.nn.BatchNorm1d(3)(x.pow(2).reshape(2, 3, 2)) */
    @Test
    void batchNormOverLengths() {
        BatchNorm1d norm = new BatchNorm1d(3);
        assertArrayEquals(
                new float[] {1.52142811f, -0.11703302f, -0.78085798f, -1.09320116f},
                first(4, Tensors.values(norm.forward(ramp().square().reshape(2, 3, 2)))),
                1e-6f);
        assertArrayEquals(
                new float[] {0.0593749993f, 0.0718749985f, 0.134375006f},
                Tensors.values(norm.buffers().get("running_mean")),
                1e-6f);
    }

    /** torch.nn.GELU()(x) */
    @Test
    void gelu() {
        assertArrayEquals(
                new float[] {-0.158655256f, -0.169970512f, -0.154268771f, -0.100323416f, 0, 0.149676576f},
                first(6, Tensors.values(new GELU().forward(ramp()))),
                1e-6f);
    }

    /** torch.nn.AdaptiveAvgPool2d((2, 3)) and (1) on torch.arange(40.).reshape(1, 2, 5, 4) */
    @Test
    void adaptiveAveragePool() {
        Tensor image = Tensors.count(1, 2, 5, 4);
        assertArrayEquals(
                new float[] {4.5f, 5.5f, 6.5f, 12.5f, 13.5f, 14.5f},
                first(6, Tensors.values(new AdaptiveAvgPool2d(2, 3).forward(image))));
        Tensor whole = new AdaptiveAvgPool2d(1).forward(image);
        assertArrayEquals(new long[] {1, 2, 1, 1}, whole.shape());
        assertArrayEquals(new float[] {9.5f, 29.5f}, Tensors.values(whole));
    }

    private static Sequential network(double dropout) {
        Torch.seed(1);
        return new Sequential(
                new Conv2d(1, 4, 3, 1),
                new BatchNorm2d(4),
                new ReLU(),
                new MaxPool2d(2),
                new Flatten(),
                new Dropout(dropout),
                new Linear(64, 10));
    }

    private static float[] values(Layer layer, int parameter) {
        return Tensors.values(layer.parameters().get(parameter).tensor());
    }

    private static float[] first(int n, float[] values) {
        return Arrays.copyOf(values, n);
    }

    private static float[] last(int n, float[] values) {
        return Arrays.copyOfRange(values, values.length - n, values.length);
    }
}
