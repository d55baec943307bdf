package dev.rondo.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import java.time.Duration;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors, interrupts and use of a closed pass. */
@ExtendWith(InScope.class)
class PassFailureTest {
    private final Tensor x = Tensors.count(10, 1);
    private final Tensor y = Tensors.count(10);

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void anErrorIsThrownByNext(int prefetch) throws InterruptedException {
        TensorLoader loader = loader(prefetch);
        y.set_data(Tensors.count(5)); // the inputs can be read, the targets cannot
        assertThrows(RuntimeException.class, () -> drawAll(loader));
        long before = Tensors.handles();
        Exception e = assertThrows(RuntimeException.class, () -> drawAll(loader));
        assertTrue(e.getMessage().contains("out of range"), e.getMessage());
        assertEquals(before, Pointer.totalCount());
        assertEquals(0, TensorLoaderTest.workers());
    }

    private static void drawAll(TensorLoader loader) {
        try (PointerScope scope = new PointerScope();
                DataLoader.Pass pass = loader.open(0)) {
            while (pass.next() != null) {}
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void aClosedPassThrows(int prefetch) {
        DataLoader.Pass pass = loader(prefetch).open(0);
        pass.next();
        pass.close();
        pass.close(); // closing again does nothing
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            Exception e = assertThrows(IllegalStateException.class, pass::next);
            assertEquals("This pass over the data is closed.", e.getMessage());
        });
    }

    @Test
    void anInterruptEndsTheWaitAndStaysSet() {
        try (DataLoader.Pass pass = loader(1).open(0)) {
            Thread.currentThread().interrupt();
            Exception e = assertThrows(IllegalStateException.class, pass::next);
            assertEquals("Interrupted while waiting for the next batch.", e.getMessage());
            pass.close();
        } finally {
            assertTrue(Thread.interrupted());
        }
        assertEquals(0, TensorLoaderTest.workers());
    }

    private TensorLoader loader(int prefetch) {
        return TensorLoader.of(x, y).batchSize(2).shuffle(1).prefetch(prefetch).build();
    }
}
