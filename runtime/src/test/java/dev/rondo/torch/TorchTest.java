package dev.rondo.torch;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TorchTest {
    @Test
    void startsOnce() {
        Torch.start();
        Torch.start();
        assertEquals(0, Pointer.maxPhysicalBytes());
    }

    @Test
    void blasUsesOneThread() {
        Torch.start();
        assertEquals(1, openblas_nolapack.blas_get_num_threads());
    }

    /** libtorch dies of a number that is far too large. */
    @ParameterizedTest
    @ValueSource(strings = {"abc", "", "0", "-3", "1.5", "1000000", "99999999999"})
    void wrongThreadsOfTheEnvironment(String text) {
        Exception e = assertThrows(StartupException.class, () -> Torch.checkThreads(text));
        assertEquals(
                "OMP_NUM_THREADS is '" + text
                        + "' in the environment, but it is the number of threads of an operator, from 1 to 1024:"
                        + " correct it, or leave it out.",
                e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", " 8 ", "4,2,1", "1024"})
    void rightThreadsOfTheEnvironment(String text) {
        assertDoesNotThrow(() -> Torch.checkThreads(text));
    }

    @Test
    void setsTheThreads() {
        int before = Torch.threads();
        try {
            Torch.setThreads(2);
            assertEquals(2, Torch.threads());
            Exception e = assertThrows(IllegalArgumentException.class, () -> Torch.setThreads(0));
            assertEquals("At least 1 thread is needed, not 0.", e.getMessage());
        } finally {
            Torch.setThreads(before);
        }
    }

    @Test
    void theSameSeedGivesTheSameNumbers() {
        assertEquals(random(7), random(7));
        assertTrue(random(7) != random(8));
    }

    @Test
    void infoNamesVersionBuildAndThreads() {
        String info = Torch.info();
        assertTrue(
                info.matches("libtorch 2\\.[\\d.]+, (CPU build|CUDA build, CUDA devices: \\d+), threads: \\d+"), info);
    }

    private static float random(long seed) {
        Torch.seed(seed);
        try (PointerScope scope = new PointerScope()) {
            return torch.rand(1).item_float();
        }
    }
}
