package dev.rondo.callback;

import static dev.rondo.event.Event.*;
import static dev.rondo.torch.Tensors.assertNoMoreHandles;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.Callbacks;
import dev.rondo.Learner;
import dev.rondo.MixedPrecision;
import dev.rondo.data.DataLoaders;
import dev.rondo.data.TensorLoader;
import dev.rondo.loss.Losses;
import dev.rondo.metric.Metrics;
import dev.rondo.nn.BatchNorm2d;
import dev.rondo.nn.Conv2d;
import dev.rondo.nn.Flatten;
import dev.rondo.nn.Layer;
import dev.rondo.nn.Linear;
import dev.rondo.nn.ReLU;
import dev.rondo.nn.Sequential;
import dev.rondo.torch.Autocast;
import dev.rondo.torch.Devices;
import dev.rondo.torch.GradScaler;
import dev.rondo.torch.InScope;
import dev.rondo.torch.NoGrad;
import dev.rondo.torch.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Mixed precision and MixUp on a GPU. The class of an image is its bright quarter. */
@Tag("gpu")
@ExtendWith(InScope.class)
class CudaPrecisionTest {
    private static final Device CUDA = Devices.parse("cuda");

    private final Tensor y = torch.randint(4, new long[] {1024}, new TensorOptions(ScalarType.Long));
    private final Tensor x = images(y);

    private static Tensor images(Tensor classes) {
        Tensor quarters = torch.one_hot(classes, 4).to(ScalarType.Float).reshape(-1, 1, 2, 1, 2, 1);
        Tensor bright = quarters.expand(-1, 1, 2, 4, 2, 4).reshape(-1, 1, 8, 8);
        return bright.add(torch.randn(classes.size(0), 1, 8, 8));
    }

    private Learner learner(Layer model, Object... callbacks) {
        DataLoaders loaders = new DataLoaders(
                TensorLoader.of(x, y).batchSize(64).pin(true).prefetch(0).build(),
                TensorLoader.of(x, y).batchSize(256).pin(true).prefetch(0).build(),
                CUDA);
        return Learner.builder(loaders, model, Losses.crossEntropy())
                .metrics(Metrics.accuracy())
                .lr(1e-2)
                .progress(false)
                .callbacks(callbacks)
                .build();
    }

    private static Layer model() {
        return new Sequential(
                new Conv2d(1, 16, 3, 1), new BatchNorm2d(16), new ReLU(), new Flatten(), new Linear(16 * 64, 4));
    }

    private static MixedPrecision precision(ScalarType type) {
        return type == ScalarType.Half ? MixedPrecision.fp16() : MixedPrecision.bf16();
    }

    @ParameterizedTest
    @EnumSource(
            value = ScalarType.class,
            names = {"Half", "BFloat16"})
    void trainsInTheShortTypeWithFloatsOutside(ScalarType type) {
        try (Layer model = model();
                Learner learner = learner(model, precision(type))) {
            learner.add(Callbacks.on(
                    AFTER_PRED,
                    l -> assertEquals(
                            type,
                            l.pred()
                                    .scalar_type()
                                    .intern()))); // at order 0, before MixedPrecision converts it to float32
            learner.add("floats", Callbacks.on(BEFORE_STEP, 11, l -> {
                assertEquals(ScalarType.Float, l.pred().scalar_type().intern());
                assertEquals(
                        ScalarType.Float,
                        model.parameters()
                                .get(0)
                                .tensor()
                                .mutable_grad()
                                .scalar_type()
                                .intern());
                assertFalse(Autocast.isOn(CUDA));
            }));
            learner.fit(3);
            assertTrue(learner.recorder().last().orElseThrow().cells().get("accuracy") > .9);
        }
    }

    @Test
    void anOverflowSkipsTheStepAndHalvesTheScale() {
        MixedPrecision precision = MixedPrecision.fp16(new GradScaler(16, 2, .5, 1000));
        try (Layer model = model();
                Learner learner = learner(model, precision)) {
            Tensor weight = model.parameters().get(0).tensor();
            learner.add(Callbacks.on(AFTER_BACKWARD, l -> {
                if (l.iter() != 2) return;
                try (NoGrad off = NoGrad.enter()) {
                    weight.mutable_grad().fill_(new Scalar(Double.NaN));
                }
            }));
            List<float[]> weights = new ArrayList<>();
            learner.add("weights", Callbacks.on(AFTER_BATCH, l -> weights.add(Tensors.values(weight))));
            learner.fit(1);
            assertArrayEquals(weights.get(1), weights.get(2));
            assertFalse(Arrays.equals(weights.get(2), weights.get(3)));
            assertEquals(8, precision.scale());
        }
    }

    @Test
    void mixesAreThoseOfTheCpu() {
        for (MixHandler mix : List.of(new MixUp(), new CutMix())) {
            List<float[]> there = inputs(CUDA, mix), here = inputs(Devices.cpu(), mix);
            for (int i = 0; i < there.size(); i++) {
                assertArrayEquals(here.get(i), there.get(i), 1e-5f);
            }
        }
    }

    private List<float[]> inputs(Device device, MixHandler mix) {
        List<float[]> inputs = new ArrayList<>();
        DataLoaders loaders = new DataLoaders(
                TensorLoader.of(x, y).build(), TensorLoader.of(x, y).build(), device);
        try (Layer model = model();
                Learner learner = Learner.builder(loaders, model, Losses.labelSmoothing())
                        .progress(false)
                        .callbacks(mix)
                        .build()) {
            learner.add(Callbacks.on(BEFORE_BATCH, 1, l -> inputs.add(Tensors.values(l.x()))));
            learner.fit(1);
        }
        return inputs;
    }

    @ParameterizedTest
    @EnumSource(
            value = ScalarType.class,
            names = {"Half", "BFloat16"})
    void batchesLeaveNoHandle(ScalarType type) {
        List<Long> handles = new ArrayList<>();
        try (Layer model = model();
                Learner learner = learner(model, precision(type), new MixUp())) {
            learner.add(Callbacks.on(BEFORE_BATCH, -1e9, l -> handles.add(Pointer.totalCount())));
            learner.fit(3);
        }
        assertNoMoreHandles(handles.subList(44, 55));
    }
}
