package dev.rondo.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Forward hooks, and the modes of single layers. */
@ExtendWith(InScope.class)
class ForwardHookTest {
    private final Linear linear = new Linear(3, 2);
    private final Sequential inner = new Sequential(new ReLU(), new Dropout(.5));
    private final Sequential net = new Sequential(linear, inner, new GELU());
    private final List<String> seen = new ArrayList<>();
    private final ForwardHook write = (layer, output) -> seen.add(layer.toString());

    @Test
    void hooksSeeTheOutputOfEveryBuiltInLayer() {
        List<Layer> layers = List.of(
                new AdaptiveAvgPool2d(1),
                new BatchNorm1d(2),
                new BatchNorm2d(2),
                new Conv2d(2, 3, 1, 0),
                new Dropout(.5),
                new Embedding(5, 2),
                new Flatten(),
                new GELU(),
                new GRU(4, 2),
                new LSTM(4, 2),
                new LayerNorm(4),
                new Linear(4, 2),
                new MaxPool2d(2),
                new ReLU(),
                new Sequential(new ReLU()));
        for (Layer layer : layers) {
            Tensor x = layer instanceof Embedding
                    ? Tensors.longs(1)
                    : torch.randn(
                            layer instanceof Recurrent || layer instanceof BatchNorm1d
                                    ? new long[] {3, 2, 4}
                                    : new long[] {1, 2, 4, 4});
            List<Tensor> shown = new ArrayList<>();
            layer.addForwardHook((l, y) -> {
                assertSame(layer, l);
                shown.add(y);
            });
            Tensor y = layer.forward(x);
            assertEquals(1, shown.size(), layer.toString());
            assertSame(y, shown.get(0));
        }
    }

    @Test
    void layersAreListedAsPyTorchListsModules() {
        assertEquals(
                List.of("", "0", "1", "1.0", "1.1", "2"),
                List.copyOf(net.layers().keySet()));
        Sequential shared = new Sequential(linear, linear);
        assertEquals(List.of("", "0"), List.copyOf(shared.layers().keySet()));
    }

    @Test
    void hooksSeeOutputsUntilTheyAreRemoved() {
        linear.addForwardHook(write);
        inner.addForwardHook(write);
        forward();
        assertEquals(List.of("Linear 3→2", "Sequential{0=ReLU, 1=Dropout 0.5}"), seen);
        linear.removeForwardHook(write);
        forward();
        assertEquals(3, seen.size());
        linear.removeForwardHook(write); // removing it again does nothing
        assertFalse(linear.hooked());
        assertTrue(inner.hooked());
    }

    @Test
    void aHookMayRemoveItselfAndOthers() {
        ForwardHook[] once = new ForwardHook[1];
        once[0] = (layer, output) -> {
            seen.add("once");
            layer.removeForwardHook(once[0]);
            layer.removeForwardHook(write);
        };
        linear.addForwardHook(once[0]);
        linear.addForwardHook(write);
        forward();
        assertEquals(List.of("once", "Linear 3→2"), seen); // the removed hook still sees this output
        forward();
        assertEquals(2, seen.size());
        assertFalse(linear.hooked());
    }

    @Test
    void aHookThatFailsFailsTheForward() {
        linear.addForwardHook((layer, output) -> {
            throw new ArithmeticException();
        });
        assertThrows(ArithmeticException.class, this::forward);
    }

    @Test
    void hooksLeaveNoHandle() {
        forward();
        long before = Pointer.totalCount();
        for (int i = 0; i < 10; i++) {
            linear.addForwardHook(write);
            linear.removeForwardHook(write);
        }
        assertEquals(before, Pointer.totalCount());
    }

    private void forward() {
        net.forward(torch.ones(1, 3));
    }

    @Test
    void theModesOfSingleLayersAreRestored() {
        Layer dropout = inner.children().get("1");
        net.train(false);
        dropout.train(true);
        Runnable mode = net.mode();
        net.train(true);
        mode.run();
        assertTrue(dropout.training());
        assertFalse(net.training() || inner.training() || linear.training());
    }

    /** A custom model may keep more than a flag. */
    @Test
    void theModeIsRestoredThroughTrain() {
        List<Boolean> told = new ArrayList<>();
        Layer own = new Layer() {
            @Override
            public void train(boolean training) {
                super.train(training);
                told.add(training);
            }

            @Override
            public Tensor forward(Tensor... inputs) {
                return inputs[0];
            }
        };
        Runnable mode = own.mode();
        own.train(false);
        mode.run();
        assertEquals(List.of(false, true), told);
    }

    @Test
    void resetReachesTheChildren() {
        int[] resets = new int[1];
        Layer stateful = new Layer() {
            @Override
            public void reset() {
                resets[0]++;
            }

            @Override
            public Tensor forward(Tensor... inputs) {
                return inputs[0];
            }
        };
        new Sequential(new Sequential(stateful)).reset();
        assertEquals(1, resets[0]);
    }
}
