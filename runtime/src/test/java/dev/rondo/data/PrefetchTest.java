package dev.rondo.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.torch.Handles;
import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Batches of a loader of one's own that another thread prepares. */
@ExtendWith(InScope.class)
class PrefetchTest {
    /** Writes the number of each batch into the same tensors. */
    private static final class Reusing implements DataLoader {
        final int size;
        RuntimeException failure;
        Thread worker;
        boolean closed;

        Reusing(int size) {
            this.size = size;
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public Pass open(long epoch) {
            Tensor x = Handles.own(torch.zeros(2, 1)), y = Handles.own(torch.zeros(2));
            return new Pass() {
                int at;

                @Override
                public Batch next() {
                    worker = Thread.currentThread();
                    if (at == 2 && failure != null) throw failure;
                    if (at == size) return null;
                    x.fill_(new Scalar((double) at++));
                    return Batch.of(x, y);
                }

                @Override
                public void close() {
                    closed = true;
                    x.close();
                    y.close();
                }
            };
        }
    }

    private final Reusing loader = new Reusing(5);

    @Test
    void batchesComeInTheirOrderFromAnotherThread() {
        try (DataLoader.Pass pass = loader.prefetch(3).open(0)) {
            for (int i = 0; i < 5; i++) {
                assertArrayEquals(
                        new float[] {i, i}, Tensors.values(given(pass.next()).x()));
            }
            assertNull(pass.next());
        }
        assertNotEquals(Thread.currentThread(), loader.worker);
        assertTrue(loader.closed);
    }

    private static Batch given(Batch batch) {
        assertNotNull(batch);
        return batch;
    }

    @Test
    void aPassThatIsClosedEarlyLeavesNothing() throws InterruptedException {
        long before = Tensors.handles();
        try (PointerScope scope = new PointerScope();
                DataLoader.Pass pass = loader.prefetch(2).open(0)) {
            pass.next();
        }
        assertTrue(loader.closed);
        assertTrue(Tensors.handles() <= before);
    }

    @Test
    void anErrorIsThrownByNext() {
        loader.failure = new IllegalArgumentException("line 3 has no number");
        try (DataLoader.Pass pass = loader.prefetch(2).open(0)) {
            pass.next();
            pass.next();
            assertSame(loader.failure, assertThrows(IllegalArgumentException.class, pass::next));
        }
    }

    @Test
    void theSizeIsThatOfTheLoader() {
        assertEquals(5, loader.prefetch(2).size());
        assertEquals("PrefetchTest.Reusing, 2 batches ahead", loader.prefetch(2).toString());
        assertEquals(
                "PrefetchTest.Reusing, 2 batches ahead",
                loader.prefetch(2).ordered().toString());
        assertSame(loader, loader.prefetch(0));
    }
}
