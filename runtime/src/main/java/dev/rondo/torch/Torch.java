package dev.rondo.torch;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Starts the native libraries: the one place that does. Everything of Rondo's that calls libtorch calls {@link
 * #start()} before it, and so does a program that uses org.bytedeco.pytorch before anything of Rondo's.
 *
 * <p>Which build runs is decided by the class path: the CPU's, or CUDA's where the jar with the classifier {@code
 * …-gpu} is there. The libraries (0.5 GB) are extracted once to {@code ~/.javacpp/cache}; {@code
 * -Dorg.bytedeco.javacpp.cachedir=DIR} names another folder. Properties of JavaCPP's that the user set are kept.
 *
 * <p>An operator on the CPU runs on one thread unless {@link #setThreads} or {@code OMP_NUM_THREADS} says otherwise.
 * The threads of libtorch's pool wait for each other spinning. Measured on two cores: with nothing else running, two
 * threads made a step of a small convolutional network 1.7 times and of a perceptron 1.2 times as fast; with another
 * busy process, 1.1 to 150 times as slow. {@code OMP_WAIT_POLICY=PASSIVE} in the environment avoids that at the price of a
 * step twice as long as with one thread.
 *
 * <p>What freed tensors leave is kept for the next batch, up to 1 GiB, unless the environment sets {@code
 * MALLOC_TRIM_THRESHOLD_} or {@code MALLOC_MMAP_THRESHOLD_} (glibc).
 *
 * <p>The command that starts the JVM should carry {@code --enable-native-access=ALL-UNNAMED}: without it JDK 24 and
 * later warn about the loading of a library; JDK 17 takes it and says nothing.
 */
public final class Torch {
    private static final Pattern VERSION = Pattern.compile("TORCH_VERSION=([^,]+)");

    private static volatile boolean started;
    private static @Nullable StartupException failure;

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
        limitThreads();
        Malloc.keepFreedMemory();
        started = true;
    }

    private static void limitThreads() {
        if (System.getenv("OMP_NUM_THREADS") == null) torch.set_num_threads(1);
        try {
            // OpenBLAS has a pool of its own, and two pools that spin on the same cores cost a factor of ten and more.
            openblas_nolapack.blas_set_num_threads(1);
        } catch (LinkageError e) {
            LoggerFactory.getLogger(Torch.class)
                    .warn("OpenBLAS's threads cannot be set: set OPENBLAS_NUM_THREADS=1 in the environment.", e);
        }
    }

    /** How many threads an operator on the CPU uses at most. */
    public static int threads() {
        start();
        return torch.get_num_threads();
    }

    /**
     * Sets how many threads an operator on the CPU uses at most, from the next operator on, for operators that this
     * thread calls and for threads that have not called one yet.
     *
     * @param threads at least 1
     */
    public static void setThreads(int threads) {
        if (threads < 1) throw new IllegalArgumentException("At least 1 thread is needed, not " + threads + ".");
        int most = Math.max(64, 4 * Runtime.getRuntime().availableProcessors());
        if (threads > most) {
            throw new IllegalArgumentException(
                    "At most " + most + " threads make sense on this machine, but " + threads + " are asked for.");
        }
        start();
        torch.set_num_threads(threads);
    }

    /**
     * Seeds libtorch's default generators, the CPU's and that of every CUDA device, as {@code torch.manual_seed} does.
     */
    public static void seed(long seed) {
        start();
        torch.manual_seed(seed);
    }

    /** One line for a log: version and build of libtorch, number of CUDA devices, threads. */
    public static String info() {
        start();
        try (BytePointer config = torch.show_config()) {
            Matcher version = VERSION.matcher(config.getString());
            String build = Context.hasCUDART() ? "CUDA build, CUDA devices: " + torch.cuda_device_count() : "CPU build";
            return "libtorch " + (version.find() ? version.group(1) : "of unknown version") + ", " + build
                    + ", threads: " + threads();
        }
    }
}
