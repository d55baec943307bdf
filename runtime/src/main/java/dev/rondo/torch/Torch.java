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
 * Starts the native libraries. Rondo calls {@link #start()} before it calls libtorch. A program that uses org.bytedeco.pytorch before Rondo
 * must call it too.
 *
 * <p>The class path decides which build is used: the CPU build, or the CUDA build if there is the jar with the classifier {@code …-gpu}.
 * The libraries (0.5 GB) are extracted once to {@code ~/.javacpp/cache}; {@code -Dorg.bytedeco.javacpp.cachedir=DIR} sets another folder.
 * JavaCPP properties that the user has set are kept.
 *
 * <p>An operator on the CPU uses one thread unless {@link #setThreads} or {@code OMP_NUM_THREADS} sets another number. The threads of
 * libtorch's pool wait for each other in a busy loop. On two idle cores, two threads made a step of a small convolutional network 1.7 times
 * and of a perceptron 1.2 times as fast; with another busy process, they made it 1.1 to 150 times as slow. {@code OMP_WAIT_POLICY=PASSIVE}
 * in the environment avoids that; a step then takes twice as long as with one thread.
 *
 * <p>Up to 1 GiB of freed memory is kept for the next batch, unless the environment sets {@code MALLOC_TRIM_THRESHOLD_} or {@code
 * MALLOC_MMAP_THRESHOLD_} (glibc).
 *
 * <p>Start the JVM with {@code --enable-native-access=ALL-UNNAMED}. Without it, JDK 24 and later warn when a library is loaded; JDK 17
 * ignores it.
 */
public final class Torch {
    private static final Pattern VERSION = Pattern.compile("TORCH_VERSION=([^,]+)");

    private static final Pattern FIRST_NUMBER = Pattern.compile("\\s*\\+?(\\d{1,9})\\s*(,.*)?");
    private static final int MOST_THREADS = 1024;

    private static volatile boolean started;
    private static @Nullable StartupException failure;

    private Torch() {}

    /**
     * Loads libtorch once; later calls cost a volatile read. Thread-safe.
     *
     * @throws StartupException if the libraries cannot be loaded; every later call throws it too
     */
    public static void start() {
        if (!started) startOnce();
    }

    private static synchronized void startOnce() {
        if (started) return;
        if (failure != null) throw failure;
        try {
            checkThreads(System.getenv("OMP_NUM_THREADS"));
            Natives.load();
        } catch (StartupException e) {
            failure = e;
            throw e;
        }
        limitThreads();
        Malloc.keepFreedMemory();
        started = true;
    }

    /** Checks what libtorch answers with a page of native frames, or, if it is far too large, dies of. */
    static void checkThreads(@Nullable String ofEnvironment) {
        if (ofEnvironment == null) return;
        Matcher first = FIRST_NUMBER.matcher(ofEnvironment); // OpenMP allows a list, for nested levels
        int threads = first.matches() ? Integer.parseInt(first.group(1)) : 0;
        if (threads >= 1 && threads <= MOST_THREADS) return;
        throw new StartupException("OMP_NUM_THREADS is '" + ofEnvironment
                + "' in the environment, but it is the number of threads of an operator, from 1 to " + MOST_THREADS
                + ": correct it, or leave it out.");
    }

    private static void limitThreads() {
        if (System.getenv("OMP_NUM_THREADS") == null) torch.set_num_threads(1);
        try {
            // OpenBLAS has its own pool; two busy-waiting pools on the same cores make a step ten times as slow or
            // more.
            openblas_nolapack.blas_set_num_threads(1);
        } catch (LinkageError e) {
            LoggerFactory.getLogger(Torch.class)
                    .warn("OpenBLAS's threads cannot be set: set OPENBLAS_NUM_THREADS=1 in the environment.", e);
        }
    }

    /** The largest number of threads that an operator on the CPU uses. */
    public static int threads() {
        start();
        return torch.get_num_threads();
    }

    /**
     * Sets the largest number of threads that an operator on the CPU uses. It applies to the next operators of this thread, and to threads
     * that have not called an operator yet.
     *
     * @param threads at least 1
     * @throws IllegalArgumentException if it is below 1 or far above the number of processors
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
     * Seeds libtorch's default generators, those of the CPU and of every CUDA device, as {@code torch.manual_seed} does. The runs of learners
     * that begin after it continue from this seed, except those of learners with a seed of their own. {@link Generators#seedHere} seeds what
     * layers draw on one thread only.
     */
    public static void seed(long seed) {
        start();
        torch.manual_seed(seed);
        Generators.defaultsSeeded();
    }

    /** Version and build of libtorch, number of CUDA devices, and number of threads, in one line. */
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
