package dev.rondo.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rondo.torch.InScope;
import dev.rondo.torch.NoGrad;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class UsedLayersTest {
    private final Linear known = new Linear(2, 2), other = new Linear(2, 3);
    private final List<Tensor> tensors =
            known.parameters().stream().map(Parameter::tensor).toList();

    @Test
    void tellsLayersThatComputeWithOtherParameters() {
        try (UsedLayers used = UsedLayers.record()) {
            other.forward(known.forward(torch.zeros(1, 2)));
            assertEquals(List.of("layer Linear 2→3"), used.without(tensors));
        }
    }

    @Test
    void frozenLayersAndThoseWithoutGradientsMayBeAnybodys() {
        Linear frozen = new Linear(2, 3);
        frozen.parameters().forEach(p -> p.tensor().set_requires_grad(false));
        try (UsedLayers used = UsedLayers.record()) {
            frozen.forward(torch.zeros(1, 2));
            try (NoGrad off = NoGrad.enter()) {
                other.forward(torch.zeros(1, 2));
            }
            assertEquals(List.of(), used.without(tensors));
        }
    }

    @Test
    void recordsOnlyWhileOpenAndOnItsThread() throws InterruptedException {
        other.forward(torch.zeros(1, 2));
        try (UsedLayers used = UsedLayers.record()) {
            try (UsedLayers inner = UsedLayers.record()) {
                other.forward(torch.zeros(1, 2));
            }
            Thread thread = new Thread(() -> other.forward(torch.zeros(1, 2)));
            thread.start();
            thread.join();
            assertEquals(List.of(), used.without(tensors));
        }
    }
}
