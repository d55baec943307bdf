package dev.rondo.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Parameters, buffers and child layers of a layer. */
@ExtendWith(InScope.class)
class LayerTest {
    private static final class Net extends Layer {
        private final Linear hidden = child("hidden", new Linear(3, 4));
        private final Linear head = child("head", new Linear(4, 2));
        private final Tensor scale = parameter("scale", torch.ones(1), Parameter.Role.NORM);

        @Override
        public Tensor forward(Tensor... x) {
            return head.forward(torch.relu(hidden.forward(x[0]))).mul(scale);
        }
    }

    /** As in PyTorch, a module's own parameters come before those of its children. */
    @Test
    void aCustomLayerNamesItsParts() {
        Net net = new Net();
        assertEquals(
                List.of("scale", "hidden.weight", "hidden.bias", "head.weight", "head.bias"),
                net.parameters().stream().map(Parameter::name).toList());
        assertEquals(2, net.forward(torch.ones(1, 3)).numel());
        assertEquals("Net{hidden=Linear 3→4, head=Linear 4→2}", net.toString());
        assertEquals(List.of(net.parameters()), net.parameterGroups());
    }

    @Test
    void childrenKeepTheirOrder() {
        Layer[] many = IntStream.range(0, 20).mapToObj(i -> new ReLU()).toArray(Layer[]::new);
        assertEquals(
                IntStream.range(0, 20).mapToObj(Integer::toString).toList(),
                List.copyOf(new Sequential(many).children().keySet()));
    }

    /** As in PyTorch's named_parameters; otherwise an optimizer would step a shared parameter twice. */
    @Test
    void aSharedParameterIsListedOnce() {
        Linear shared = new Linear(2, 2);
        Sequential net = new Sequential(shared, new ReLU(), shared);
        assertEquals(
                List.of("0.weight", "0.bias"),
                net.parameters().stream().map(Parameter::name).toList());
        assertEquals(
                2, new Sequential(new Sequential(shared), shared).parameters().size());
    }

    @Test
    void namesAreUnique() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new Twice(true));
        assertEquals("Two layers named 'a' in Twice.", e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> new Twice(false));
        assertEquals("Two tensors named 'w' in Twice.", e.getMessage());
    }

    private static final class Twice extends Layer {
        Twice(boolean layers) {
            if (layers) {
                child("a", new ReLU());
                child("a", new ReLU());
            } else {
                parameter("w", torch.ones(1), Parameter.Role.WEIGHT);
                buffer("w", torch.ones(1));
            }
        }

        @Override
        public Tensor forward(Tensor... inputs) {
            return inputs[0];
        }
    }

    @Test
    void trainingModeReachesTheChildren() {
        Dropout inner = new Dropout(.5);
        Sequential net = new Sequential(new Sequential(inner));
        assertTrue(inner.training());
        net.train(false);
        assertFalse(inner.training());
        net.train(true);
        assertTrue(inner.training());
    }

    @Test
    void movingToTheSameDeviceChangesNothing() {
        Linear linear = new Linear(2, 2);
        float[] before = Tensors.values(linear.parameters().get(0).tensor());
        Pointer data = linear.parameters().get(0).tensor().data_ptr();
        linear.to(new Device("cpu"));
        assertEquals(data, linear.parameters().get(0).tensor().data_ptr());
        assertEquals(before[0], Tensors.values(linear.parameters().get(0).tensor())[0]);
    }

    @Test
    void closingFreesEveryHandle() throws InterruptedException {
        long before = Tensors.handles();
        Sequential net = makeAndUse();
        assertTrue(Pointer.totalCount() > before);
        net.close();
        assertEquals(before, Pointer.totalCount());
        net.close(); // closing again does nothing
        assertEquals(before, Pointer.totalCount());
    }

    private static Sequential makeAndUse() {
        try (PointerScope scope = new PointerScope()) {
            Sequential net = new Sequential(
                    Conv2d.withoutBias(1, 2, 3, 1, 1),
                    new BatchNorm2d(2),
                    new MaxPool2d(2),
                    new Flatten(),
                    new Dropout(.5),
                    new Sequential(new Linear(8, 4), new ReLU(), Linear.withoutBias(4, 2)));
            net.forward(torch.randn(3, 1, 4, 4)).sum().backward();
            net.train(false);
            net.to(new Device("cpu"));
            return net;
        }
    }
}
