package dev.rondo.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.torch.Devices;
import dev.rondo.torch.Generators;
import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import dev.rondo.torch.Torch;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("gpu")
@ExtendWith(InScope.class)
class CudaLayersTest {
    /** cuDNN computes convolutions in TF32, which has a mantissa of 10 bits. */
    private static final float TF32 = 2e-2f;

    private static final Device CUDA = Devices.parse("cuda");

    @Test
    void outputsGradientsAndStatisticsAreThoseOfTheCpu() {
        Tensor x = torch.randn(16, 1, 8, 8);
        Sequential here = network(), there = network();
        Tensor held = there.parameters().get(0).tensor();
        there.to(CUDA);
        assertSame(held, there.parameters().get(0).tensor());
        Tensor expected = here.forward(x), actual = there.forward(x.to(CUDA, ScalarType.Float));
        assertTrue(actual.is_cuda());
        assertArrayEquals(Tensors.values(expected), Tensors.values(actual), TF32);
        expected.square().mean().backward();
        actual.square().mean().backward();
        for (int i = 0; i < here.parameters().size(); i++) {
            Parameter p = here.parameters().get(i), q = there.parameters().get(i);
            assertArrayEquals(
                    Tensors.values(p.tensor().grad()), Tensors.values(q.tensor().grad()), TF32, p.name());
        }
        here.buffers()
                .forEach((name, b) -> assertArrayEquals(
                        Tensors.values(b), Tensors.values(there.buffers().get(name)), TF32, name));
    }

    @Test
    void dropoutUsesTheGeneratorOfTheDevice() {
        Torch.seed(3);
        Tensor x = torch.ones(10_000).to(CUDA, ScalarType.Float);
        assertEquals(10_000, new Dropout(.2).forward(x).sum().item_float(), 300);
    }

    @Test
    void dropoutDrawsFromTheGeneratorsOfAScope() {
        Tensor x = torch.ones(10_000).to(CUDA, ScalarType.Float).set_requires_grad(true);
        float[][] drawn = new float[2][];
        for (int i = 0; i < 2; i++) {
            Torch.seed(i); // another generator
            try (Generators.Scope scope = Generators.seedHere(5)) {
                Tensor y = new Dropout(.2).forward(x);
                drawn[i] = Tensors.values(y);
                Tensor gradient = torch.grad(new TensorVector(y.sum()), new TensorVector(x))
                        .get(0);
                assertArrayEquals(drawn[i], Tensors.values(gradient)); // of ones
            }
        }
        assertArrayEquals(drawn[0], drawn[1]);
    }

    private static Sequential network() {
        Torch.seed(2);
        return new Sequential(
                new Conv2d(1, 4, 3, 1),
                new BatchNorm2d(4),
                new ReLU(),
                new MaxPool2d(2),
                new Flatten(),
                new Linear(64, 10));
    }
}
