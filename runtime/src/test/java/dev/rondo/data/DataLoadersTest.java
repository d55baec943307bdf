package dev.rondo.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.torch.Devices;
import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class DataLoadersTest {
    private final Tensor x = Tensors.count(10, 3);
    private final Tensor y = Tensors.count(10);

    @Test
    void onTheCpuBatchesAreNotCopied() {
        TensorLoader train = TensorLoader.of(x, y).build(),
                valid = TensorLoader.of(x, y).build();
        DataLoaders both = new DataLoaders(train, valid);
        assertSame(train, both.train());
        assertSame(valid, both.valid());
        assertEquals("cpu", Devices.name(both.device()));
        Batch batch = Batch.of(x, y);
        assertSame(batch, both.toDevice(batch));
    }

    @Test
    @Tag("gpu")
    void batchesGoToTheDevice() {
        Device cuda = Devices.parse("cuda");
        for (boolean pin : new boolean[] {false, true}) {
            TensorLoader loader =
                    TensorLoader.of(x, y).batchSize(4).shuffle(1).pin(pin).build();
            DataLoaders there = new DataLoaders(loader, loader, cuda);
            try (DataLoader.Pass pass = loader.open(0)) {
                for (Batch b = pass.next(); b != null; b = pass.next()) {
                    assertEquals(pin, b.xb().get(0).is_pinned());
                    Batch moved = there.toDevice(b);
                    assertTrue(moved.xb().get(0).is_cuda() && moved.yb().get(0).is_cuda());
                    assertArrayEquals(
                            Tensors.values(b.xb().get(0)),
                            Tensors.values(moved.xb().get(0)));
                }
            }
        }
    }

    @Test
    @Tag("gpu")
    void dataOnTheDeviceComesInTheSameOrder() {
        Device cuda = Devices.parse("cuda");
        TensorLoader here = TensorLoader.of(x, y).batchSize(4).shuffle(1).build();
        TensorLoader there = TensorLoader.of(x.to(cuda, ScalarType.Float), y.to(cuda, ScalarType.Float))
                .batchSize(4)
                .shuffle(1)
                .build();
        try (DataLoader.Pass a = here.open(0);
                DataLoader.Pass b = there.open(0)) {
            for (Batch expected = a.next(); expected != null; expected = a.next()) {
                Batch actual = b.next();
                assertTrue(actual.xb().get(0).is_cuda());
                assertArrayEquals(
                        Tensors.values(expected.xb().get(0)),
                        Tensors.values(actual.xb().get(0)));
            }
            assertNull(b.next());
        }
    }
}
