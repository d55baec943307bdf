package dev.rondo.torch;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.presets.openblas_nolapack.MklDomainSetNumThreads;

/**
 * Configures glibc's allocator to keep freed memory for later allocations. By default it returns large blocks to the kernel and gets them
 * again in every batch, page fault by page fault, which can take a third of a step on the CPU.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/mallopt.3.html">mallopt(3)</a>
 */
final class Malloc {
    private static final int M_TRIM_THRESHOLD = -1;
    private static final int M_MMAP_THRESHOLD = -3;

    /** The largest threshold that glibc accepts. */
    private static final int MMAP_BYTES = 32 << 20;

    private static final int TRIM_BYTES = 1 << 30;

    private Malloc() {}

    /** Does nothing without glibc, or if the environment sets the thresholds. */
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

    /** Calls any {@code int f(int, int)}. JDK 17 cannot call C functions itself, and JavaCPP's natives have a wrapper for this type. */
    private static final class IntIntFunction extends MklDomainSetNumThreads {
        IntIntFunction() {}
    }
}
