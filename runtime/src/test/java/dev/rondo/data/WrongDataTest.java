package dev.rondo.data;

import static dev.rondo.check.Wrong.call;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.rondo.check.Wrong;
import dev.rondo.torch.Devices;
import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong arguments of batches, loaders and IDX data, and what is said. */
@ExtendWith(InScope.class)
class WrongDataTest {
    private static TensorLoader.Builder samples() {
        return TensorLoader.of(Tensors.count(5, 3), Tensors.longs(0, 1, 0, 1, 0));
    }

    private static Tensor closed() {
        Tensor tensor = Tensors.count(5, 3);
        tensor.close();
        return tensor;
    }

    static Stream<Wrong> wrong() {
        return Stream.of(
                call("'x' must not be null.", () -> TensorLoader.of(null, Tensors.count(5))),
                call("'y' must not be null.", () -> TensorLoader.of(Tensors.count(5), null)),
                call(
                        "The tensors of this loader are freed. Keep them open while the loader is used, and the PointerScope in which they were made.",
                        () -> TensorLoader.of(closed(), Tensors.count(5))),
                call(
                        "The tensors of a loader have values, but one of these is undefined.",
                        () -> TensorLoader.of(Tensors.count(5), new Tensor())),
                call(
                        "Inputs [5, 3] and targets [2] differ in their number of samples.",
                        () -> TensorLoader.of(Tensors.count(5, 3), Tensors.count(2))),
                call("A batch size is 1 or more, not 0.", () -> samples().batchSize(0)),
                call("A batch size is 1 or more, not -1.", () -> samples().batchSize(-1)),
                call("The number of prefetched batches is 0 or more, not -1.", () -> samples()
                        .prefetch(-1)),
                call("The number of samples of an epoch is 1 or more, not 0.", () -> samples()
                        .samplesPerEpoch(0)),
                call("There are 1 weights for 5 samples.", () -> samples().weights(1)),
                call("'weights' must not be null.", () -> samples().weights((double[]) null)),
                call("The weight of a sample is 0 or more, but that of sample 1 is -1.0.", () -> samples()
                        .weights(1, -1, 1, 1, 1)),
                call("The weight of a sample is 0 or more, but that of sample 0 is NaN.", () -> samples()
                        .weights(Double.NaN, 1, 1, 1, 1)),
                call("The sum of the weights is a finite number above 0, not 0.0.", () -> samples()
                        .weights(0, 0, 0, 0, 0)),
                call("The sum of the weights is a finite number above 0, not Infinity.", () -> samples()
                        .weights(1 / 0., 0, 0, 0, 0)),
                call(
                        "weights(…) and samplesPerEpoch(…) sample at random: call shuffle(…) with a seed.",
                        () -> samples().weights(1, 1, 1, 1, 1).build()),
                call(
                        "3000000000 samples in batches of 1 are more batches than a loader can have: choose a larger batchSize.",
                        () -> {
                            Tensor many = torch.zeros(1).expand(new long[] {3_000_000_000L}, false);
                            TensorLoader.of(many, many).batchSize(1).build();
                        }),
                call("'xb[0]' must not be null.", () -> new Batch(Arrays.asList((Tensor) null), List.of())),
                call("'y' must not be null.", () -> Batch.of(Tensors.count(2), null)),
                call("A batch needs at least one input tensor.", () -> new Batch(List.of(), List.of())),
                call(
                        "The first dimension of a target is the batch size, but it is a scalar: give it the shape (N).",
                        () -> Batch.of(Tensors.count(2), Tensors.count(2).sum()).size()),
                call(
                        "'train' must not be null.",
                        () -> new DataLoaders(null, samples().build())),
                call(
                        "'valid' must not be null.",
                        () -> new DataLoaders(samples().build(), null)),
                call(
                        "'meta' is not a device: write cpu, cuda or cuda:N, where N counts from 0.",
                        () -> new DataLoaders(samples().build(), samples().build(), new Device("meta"))),
                call("The device is closed: keep it open while it is used.", () -> {
                    Device closed = new Device("cpu");
                    closed.close();
                    new DataLoaders(samples().build(), samples().build(), closed);
                }),
                call("A device is named cpu, cuda or cuda:N, and not null.", () -> Devices.parse(null)),
                call("The shape [2, 2] needs 4 bytes, not 3.", () -> new Idx(new int[] {2, 2}, new byte[3])),
                call("A dimension of an Idx is 0 or more, not -2.", () -> new Idx(new int[] {-2}, new byte[3])),
                call("'file' must not be null.", () -> Idx.read(null)));
    }

    @ParameterizedTest
    @MethodSource
    void wrong(Wrong wrong) {
        wrong.assertSaid();
    }

    /** As in PyTorch, where it is a warning too. */
    @Test
    @DisabledIf("cuda")
    void withoutCudaBatchesAreNotPinned() {
        try (DataLoader.Pass pass = samples().pin(true).build().open(0)) {
            assertFalse(pass.next().x().is_pinned());
        }
    }

    static boolean cuda() {
        return torch.cuda_is_available();
    }

    @Test
    void emptyDataHaveNoBatches() {
        assertEquals(
                0, TensorLoader.of(torch.zeros(0, 3), torch.zeros(0)).build().size());
    }
}
