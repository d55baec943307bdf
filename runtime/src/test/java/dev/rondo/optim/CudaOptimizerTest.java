package dev.rondo.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.nn.Linear;
import dev.rondo.nn.ReLU;
import dev.rondo.nn.Sequential;
import dev.rondo.torch.Devices;
import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import dev.rondo.torch.Torch;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("gpu")
@ExtendWith(InScope.class)
class CudaOptimizerTest {
    private static final Device CPU = Devices.parse("cpu"), CUDA = Devices.parse("cuda");

    @ParameterizedTest
    @MethodSource("dev.rondo.optim.OptimizerTest#all")
    void trainsAsOnTheCpu(Optimizer.Factory factory) {
        Sequential here = trained(factory, CPU, 20), there = trained(factory, CUDA, 20);
        for (int i = 0; i < here.parameters().size(); i++) {
            Tensor expected = here.parameters().get(i).tensor(),
                    actual = there.parameters().get(i).tensor();
            assertTrue(actual.is_cuda());
            assertArrayEquals(Tensors.values(expected), Tensors.values(actual), 1e-3f);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.optim.OptimizerTest#all")
    void leavesNoHandle(Optimizer.Factory factory) throws InterruptedException {
        trained(factory, CUDA, 1).close();
        long before = Tensors.handles();
        try (PointerScope scope = new PointerScope()) {
            trained(factory, CUDA, 50).close();
        }
        assertEquals(before, Pointer.totalCount());
    }

    private static Sequential trained(Optimizer.Factory factory, Device device, int steps) {
        Torch.seed(4);
        Sequential net = new Sequential(new Linear(8, 16), new ReLU(), new Linear(16, 1));
        Tensor x = torch.randn(32, 8).to(device, ScalarType.Float);
        net.to(device);
        try (Optimizer optimizer = factory.create(List.of(net.parameters()), 1e-2)) {
            for (int i = 0; i < steps; i++) {
                try (PointerScope batch = new PointerScope()) {
                    optimizer.set(Hyper.LR, 1e-2 / (i + 1));
                    optimizer.set(Hyper.MOM, i % 5 == 4 ? 0 : .9);
                    net.forward(x).sub(x.narrow(1, 0, 1)).square().mean().backward();
                    optimizer.step();
                    optimizer.zeroGrad();
                }
            }
        }
        return net;
    }
}
