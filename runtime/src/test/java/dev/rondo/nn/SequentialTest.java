package dev.rondo.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import dev.rondo.torch.Torch;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Optimizations of a sequence: without hooks, memory is reused and pooling comes before ReLU. */
@ExtendWith(InScope.class)
class SequentialTest {
    private static Sequential model() {
        Torch.seed(3);
        return new Sequential(
                new Conv2d(2, 4, 3, 1),
                new ReLU(),
                new MaxPool2d(2),
                new BatchNorm2d(4),
                new ReLU(),
                new Conv2d(4, 3, 3, 1),
                new ReLU(),
                new Flatten(),
                new Linear(3 * 4 * 4, 5),
                new ReLU());
    }

    /** The output and all gradients. */
    private static List<float[]> numbers(Sequential model, Tensor x) {
        Tensor y = model.forward(x);
        y.mul(y).sum().backward();
        List<float[]> numbers = new ArrayList<>(List.of(Tensors.values(y.detach())));
        for (Parameter p : model.parameters())
            numbers.add(Tensors.values(p.tensor().grad()));
        return numbers;
    }

    @Test
    void optimizationsGiveTheResultsOfTheLayersOneByOne() {
        try (Sequential quick = model();
                Sequential watched = model()) {
            for (Layer layer : watched.children().values()) layer.addForwardHook((l, y) -> {});
            Tensor x = torch.randn(6, 2, 8, 8);
            List<float[]> expected = numbers(watched, x), actual = numbers(quick, x);
            assertEquals(expected.size(), actual.size());
            for (int i = 0; i < expected.size(); i++) assertArrayEquals(expected.get(i), actual.get(i), 1e-6f);
        }
    }

    @Test
    void aHookSeesTheOutputOfItsLayer() {
        try (Sequential model = new Sequential(new Linear(3, 4), new ReLU())) {
            List<Tensor> seen = new ArrayList<>();
            model.children().get("0").addForwardHook((l, y) -> seen.add(y));
            Tensor y = model.forward(torch.randn(50, 3));
            assertEquals(true, seen.get(0).min().item_float() < 0, "the hook's tensor was overwritten");
            assertEquals(0, y.min().item_float());
        }
    }

    @Test
    void theInputIsNeverOverwritten() {
        Tensor x = torch.randn(2, 1, 4, 4);
        float[] before = Tensors.values(x);
        try (Sequential first = new Sequential(new ReLU(), new MaxPool2d(2));
                Sequential second = new Sequential(new Flatten(), new ReLU())) {
            first.forward(x);
            second.forward(x);
        }
        assertArrayEquals(before, Tensors.values(x));
    }
}
