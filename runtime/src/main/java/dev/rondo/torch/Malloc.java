package dev.rondo.torch;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.presets.openblas_nolapack.MklDomainSetNumThreads;

/**
 * Tells glibc's allocator to keep what is freed for the next allocation. By itself it gives large blocks back to the
 * kernel at once and takes them anew, page fault by page fault, in every batch, which can cost a third of a step on the
 * CPU.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/mallopt.3.html">mallopt(3)</a>
 */
final class Malloc {
    private static final int M_TRIM_THRESHOLD = -1;
    private static final int M_MMAP_THRESHOLD = -3;

    /** The largest threshold that glibc takes. */
    private static final int MMAP_BYTES = 32 << 20;

    private static final int TRIM_BYTES = 1 << 30;

    private Malloc() {}

    /** Does nothing where there is no glibc, and leaves alone what the environment sets. */
    static void keepFreedMemory() {
        Pointer mallopt = Loader.addressof("mallopt");
        if (mallopt == null || setByUser("MALLOC_MMAP_THRESHOLD_") || setByUser("MALLOC_TRIM_THRESHOLD_")) return;
        try (IntIntFunction function = new IntIntFunction()) {
            function.put(mallopt);
            function.call(M_MMAP_THRESHOLD, MMAP_BYTES);
            function.call(M_TRIM_THRESHOLD, TRIM_BYTES);
        }
    }

    private static boolean setByUser(String name) {
        return System.getenv(name) != null;
    }

    /**
     * Any {@code int f(int, int)}: JDK 17 cannot call C by itself, and this is the wrapper of that type among JavaCPP's
     * natives.
     */
    private static final class IntIntFunction extends MklDomainSetNumThreads {
        IntIntFunction() {}
    }
}
