package dev.rondo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.data.DataLoaders;
import dev.rondo.data.TensorLoader;
import dev.rondo.loss.Losses;
import dev.rondo.metric.Metrics;
import dev.rondo.nn.Layer;
import dev.rondo.nn.Linear;
import dev.rondo.nn.ReLU;
import dev.rondo.nn.Sequential;
import dev.rondo.optim.Optimizers;
import dev.rondo.torch.Devices;
import dev.rondo.torch.Torch;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A whole fit on a GPU. */
@Tag("gpu")
class GpuTest {
    @Test
    void aFitOnTheGpuGivesWhatTheCpuGives() {
        List<EpochRow> cpu = fit("cpu"), gpu = fit("cuda");
        for (int i = 0; i < cpu.size(); i++) {
            EpochRow c = cpu.get(i), g = gpu.get(i);
            assertEquals(c.cells().keySet(), g.cells().keySet());
            c.cells().forEach((column, value) -> assertEquals(value, g.cells().get(column), 1e-2, column));
        }
        assertTrue(gpu.get(2).cells().get("accuracy") > 0.8);
    }

    @Test
    void everyEpochOnTheGpuLeavesAsManyHandles() {
        fit("cuda");
        long before = Pointer.totalCount();
        fit("cuda");
        assertEquals(before, Pointer.totalCount());
    }

    private static List<EpochRow> fit(String name) {
        Torch.seed(1);
        Device device = Devices.parse(name);
        try (Layer model = new Sequential(new Linear(20, 64), new ReLU(), new Linear(64, 4));
                Tensor x = torch.randn(2048, 20);
                Tensor w = torch.randn(20, 4);
                Tensor scores = x.mm(w);
                LongOptional classes = new LongOptional(1);
                Tensor y = scores.argmax(classes, false)) {
            boolean pin = Devices.isCuda(device);
            DataLoaders loaders = new DataLoaders(
                    TensorLoader.of(x, y).shuffle(1).pin(pin).build(),
                    TensorLoader.of(x, y).pin(pin).build(),
                    device);
            try (Learner learner = Learner.builder(loaders, model, Losses.crossEntropy())
                    .optimizer(Optimizers.adamW())
                    .metrics(Metrics.accuracy())
                    .progress(false)
                    .build()) {
                return learner.fit(3, 1e-2).recorder().rows();
            }
        } finally {
            device.close();
        }
    }
}
