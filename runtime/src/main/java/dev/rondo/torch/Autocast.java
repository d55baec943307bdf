package dev.rondo.torch;

import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Has the operators of the calling thread that gain from it (products, convolutions) compute in a 16-bit type, until it is closed, and
 * then puts back what was before:
 *
 * <pre>{@code try (Autocast on = Autocast.enter(device, ScalarType.BFloat16)) { … }}</pre>
 *
 * <p>Which operators do is libtorch's choice for the type of device; the others take what they get, or compute in float32. Weights that
 * were cast are kept until the outermost scope of the thread is left. Scopes may be nested; each is left on the thread that entered it,
 * the last first. A backward pass belongs outside. Holds no native object.
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
     * Begins to compute in a 16-bit type on devices of this one's type.
     *
     * @param type Half (float16) or BFloat16
     * @throws IllegalArgumentException if it is another
     */
    public static Autocast enter(Device device, ScalarType type) {
        checkType(type);
        Autocast scope = enter(device, true);
        scope.compute(type);
        return scope;
    }

    /** Computes in the types of the operands meanwhile, inside of another scope. */
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
        if (changesType) torch.clear_cache(); // it does not tell the types of its casts apart
        torch.set_autocast_dtype(device, in);
    }

    /** Forgets the casts of weights that the thread keeps: for whoever changes weights inside of a scope. */
    public static void forgetCasts() {
        Torch.start();
        torch.clear_cache();
    }

    /** Whether the calling thread computes in a 16-bit type on devices of this one's type. */
    public static boolean isOn(Device device) {
        Torch.start();
        return torch.is_autocast_enabled(device.is_cuda() ? DeviceType.CUDA : DeviceType.CPU);
    }

    /**
     * Asks whether this machine computes in the type.
     *
     * @throws StartupException if the device is a GPU that has no arithmetic of that type and would only emulate it
     */
    public static void check(Device device, ScalarType type) {
        checkType(type);
        if (type.intern() == ScalarType.BFloat16) checkBFloat16(Devices.name(device), Devices.hasBFloat16(device));
    }

    /** Apart from the device, so that a machine without a GPU can test it. */
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
     * Restores what was before on this thread; closing again does nothing.
     *
     * @throws IllegalStateException on another thread than the one that entered
     */
    @Override
    public void close() {
        if (closed) return;
        if (Thread.currentThread() != thread) {
            throw new IllegalStateException(
                    "Autocast is a thread's own: leave it on thread '" + thread.getName() + "', which entered it.");
        }
        closed = true;
        if (torch.decrement_nesting() == 0 || changesType) torch.clear_cache();
        torch.set_autocast_enabled(device, on);
        torch.set_autocast_dtype(device, type);
        torch.set_autocast_cache_enabled(caches);
    }
}
