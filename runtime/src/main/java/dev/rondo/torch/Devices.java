package dev.rondo.torch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.CUDAHooksInterface;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;

/** Names and availability of devices. Thread-safe. */
public final class Devices {
    private static final Pattern NAME = Pattern.compile("cpu|cuda(?::(\\d{1,9}))?");

    private Devices() {}

    /**
     * Returns the device with this name: {@code cpu}, {@code cuda} (which is {@code cuda:0}) or {@code cuda:N}. It belongs to no native
     * scope.
     *
     * @throws IllegalArgumentException if the text is none of these
     * @throws StartupException if this machine, or the libtorch build on the class path, does not have the device; the message says which
     */
    public static Device parse(String text) {
        if (text == null) throw new NullPointerException("A device is named cpu, cuda or cuda:N, and not null.");
        Matcher name = NAME.matcher(text);
        if (!name.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a device: write cpu, cuda or cuda:N, where N counts from 0.");
        }
        Torch.start();
        if (text.equals("cpu")) return Handles.own(new Device(DeviceType.CPU));
        int index = name.group(1) == null ? 0 : Integer.parseInt(name.group(1));
        boolean cudaBuild = Context.hasCUDART();
        check(text, index, cudaBuild, cudaBuild ? torch.cuda_device_count() : 0);
        return Handles.own(new Device(DeviceType.CUDA, (byte) index));
    }

    /** The CPU. Do not close it. */
    public static Device cpu() {
        return Cpu.DEVICE;
    }

    private static final class Cpu {
        static final Device DEVICE = parse("cpu");
    }

    /**
     * Returns a device of this machine.
     *
     * @throws IllegalStateException if it is closed
     * @throws IllegalArgumentException if it is neither the CPU nor a CUDA device
     * @throws StartupException as {@link #parse}
     */
    public static Device present(Device device) {
        if (device.isNull()) throw new IllegalStateException("The device is closed: keep it open while it is used.");
        if (!device.is_cpu()) parse(name(device)).close();
        return device;
    }

    /** The name of a device, as {@link #parse} takes it. */
    public static String name(Device device) {
        try (BytePointer text = device.str()) {
            return text.getString();
        }
    }

    /** Whether the device is a CUDA device. */
    public static boolean isCuda(Device device) {
        return device.is_cuda();
    }

    /**
     * Whether the device computes in bfloat16 natively: GPUs do from compute capability 8.0 on. True for CPUs, which do or emulate it well.
     */
    public static boolean hasBFloat16(Device device) {
        if (!device.is_cuda()) return true;
        byte before = torch.getDeviceIndex();
        try {
            if (device.has_index()) torch.setDeviceIndex(device.index());
            CUDAHooksInterface cuda = torch.getCUDAHooks();
            // the only query of the compute capability without the CUDA preset
            return !cuda.compiledWithCuDNN() || cuda.supportsBFloat16ConvolutionWithCuDNNv8();
        } finally {
            torch.setDeviceIndex(before);
        }
    }

    /** Waits until all queued work of the device is done. Does nothing on the CPU. */
    public static void synchronize(Device device) {
        if (device.is_cuda()) torch.cuda_synchronize(device.has_index() ? device.index() : -1);
    }

    /** Separate from the machine, so that it can be tested without a GPU. */
    static void check(String text, int index, boolean cudaBuild, int devices) {
        if (!cudaBuild) {
            throw new StartupException(
                    "There is no " + text + ": the libtorch on the class path is a CPU build: replace the jar"
                            + " org.bytedeco:pytorch by that with the classifier linux-x86_64-gpu or windows-x86_64-gpu.");
        }
        if (devices == 0) {
            boolean driver = Files.exists(Path.of("/proc/driver/nvidia/version"));
            String hidden = System.getenv("CUDA_VISIBLE_DEVICES");
            throw new StartupException("There is no " + text + ": "
                    + (driver
                            ? "the NVIDIA driver shows no device that CUDA 13 can use"
                                    + (hidden == null ? "" : " (CUDA_VISIBLE_DEVICES=" + hidden + ")")
                            : "no NVIDIA driver was found")
                    + ": see what nvidia-smi says, or use cpu.");
        }
        if (index >= devices) {
            throw new StartupException("There is no " + text + ": this machine has " + devices
                    + (devices == 1
                            ? " CUDA device, cuda:0."
                            : " CUDA devices, cuda:0 to cuda:" + (devices - 1) + "."));
        }
    }
}
