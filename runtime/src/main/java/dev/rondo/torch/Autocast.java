package dev.rondo.torch;

import dev.rondo.annotation.MustClose;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Turns autocast on for the calling thread: operators that benefit from it (matrix products, convolutions) compute in a 16-bit type.
 * Closing it restores the previous state:
 *
 * <pre>{@code try (Autocast on = Autocast.enter(device, ScalarType.BFloat16)) { … }}</pre>
 *
 * <p>libtorch chooses these operators by device type; others compute in the type of their operands or in float32. Casts of weights are
 * cached until the outermost scope of the thread is closed. Scopes can be nested: close each on the thread that entered it, the last one
 * first. Run the backward pass outside. A scope holds no native object.
 *
 * @see <a href="https://pytorch.org/docs/stable/amp.html">torch.amp</a>
 */
public final class Autocast implements AutoCloseable {
    private final Thread thread = Thread.currentThread();
    private final DeviceType device;
    private final boolean on;
    private final ScalarType type;
    private final boolean caches;
    private boolean changesType;
    private boolean closed;

    private Autocast(DeviceType device) {
        this.device = device;
        on = torch.is_autocast_enabled(device);
        type = torch.get_autocast_dtype(device);
        caches = torch.is_autocast_cache_enabled();
    }

    /**
     * Turns autocast on for devices of the given type.
     *
     * @param device any device of the type
     * @param type Half (float16) or BFloat16
     * @throws IllegalArgumentException if it is another type
     */
    @MustClose
    public static Autocast enter(Device device, ScalarType type) {
        checkType(type);
        Autocast scope = enter(device, true);
        scope.compute(type);
        return scope;
    }

    /** Turns autocast off inside another scope. */
    @MustClose
    public static Autocast off(Device device) {
        return enter(device, false);
    }

    private static Autocast enter(Device device, boolean on) {
        Torch.start();
        Autocast scope = new Autocast(device.is_cuda() ? DeviceType.CUDA : DeviceType.CPU);
        torch.set_autocast_enabled(scope.device, on);
        torch.increment_nesting();
        torch.set_autocast_cache_enabled(true);
        return scope;
    }

    private void compute(ScalarType in) {
        changesType = in.intern() != type.intern();
        if (changesType) torch.clear_cache(); // the cache does not distinguish types
        torch.set_autocast_dtype(device, in);
    }

    /** Clears the cached casts of weights of this thread. Call it after weights have changed inside a scope. */
    public static void forgetCasts() {
        Torch.start();
        torch.clear_cache();
    }

    /** Whether autocast is on for the calling thread and devices of this type. */
    public static boolean isOn(Device device) {
        Torch.start();
        return torch.is_autocast_enabled(device.is_cuda() ? DeviceType.CUDA : DeviceType.CPU);
    }

    /**
     * Checks that a device computes in a type.
     *
     * @throws StartupException if the device is a GPU that would only emulate the type
     */
    public static void check(Device device, ScalarType type) {
        checkType(type);
        if (type.intern() == ScalarType.BFloat16) checkBFloat16(Devices.name(device), Devices.hasBFloat16(device));
    }

    /** Separate from the device, so that it can be tested without a GPU. */
    static void checkBFloat16(String device, boolean computes) {
        if (computes) return;
        throw new StartupException("The GPU " + device
                + " does not compute in bfloat16, which needs compute capability 8.0: use float16 or float32.");
    }

    private static void checkType(ScalarType type) {
        ScalarType t = type.intern();
        if (t == ScalarType.Half || t == ScalarType.BFloat16) return;
        throw new IllegalArgumentException("Autocast computes in Half or BFloat16, not in " + t + ".");
    }

    /**
     * Restores the previous state of this thread. Closing again does nothing.
     *
     * @throws IllegalStateException on another thread than the one that entered
     */
    @Override
    public void close() {
        if (closed) return;
        if (Thread.currentThread() != thread) {
            throw new IllegalStateException(
                    "Close an Autocast scope on the thread that entered it, '" + thread.getName() + "'.");
        }
        closed = true;
        if (torch.decrement_nesting() == 0 || changesType) torch.clear_cache();
        torch.set_autocast_enabled(device, on);
        torch.set_autocast_dtype(device, type);
        torch.set_autocast_cache_enabled(caches);
    }

    @Override
    public String toString() {
        return closed ? "Autocast (closed)" : "Autocast";
    }
}
