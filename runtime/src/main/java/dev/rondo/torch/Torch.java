package dev.rondo.torch;

import org.bytedeco.openblas.presets.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;

/**
 * Starts the native libraries: the one place that does. Everything of Rondo's that calls libtorch calls {@link #start()} before it.
 */
public final class Torch {
    private static volatile boolean started;
    private static StartupException failure;

    private Torch() {}

    /**
     * Loads libtorch, once; later calls cost a volatile read. Any thread may call it.
     *
     * @throws StartupException if the libraries cannot be loaded; then also on every later call
     */
    public static void start() {
        if (!started) startOnce();
    }

    private static synchronized void startOnce() {
        if (started) return;
        if (failure != null) throw failure;
        try {
            Natives.load();
        } catch (StartupException e) {
            failure = e;
            throw e;
        }
        // OpenBLAS has a pool of its own, and two pools that spin on the same cores cost a factor of ten and more.
        openblas_nolapack.blas_set_num_threads(1);
        if (System.getenv("OMP_NUM_THREADS") == null) torch.set_num_threads(1);
        started = true;
    }

    /** How many threads an operator on the CPU may use. */
    public static int threads() {
        start();
        return torch.get_num_threads();
    }

    /**
     * How many threads an operator on the CPU may use, from the next operator on.
     *
     * @param threads at least 1
     */
    public static void setThreads(int threads) {
        if (threads < 1)
            throw new IllegalArgumentException("The number of threads must be at least 1, but is " + threads + ".");
        start();
        torch.set_num_threads(threads);
    }

    /** Seeds libtorch's default generators: the CPU's and that of every CUDA device, as {@code torch.manual_seed} does. */
    public static void seed(long seed) {
        start();
        torch.manual_seed(seed);
    }
}
