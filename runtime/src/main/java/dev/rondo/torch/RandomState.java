package dev.rondo.torch;

import dev.rondo.annotation.MustClose;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;

/**
 * A saved state of libtorch's default generators: the CPU's and, with a CUDA device, that of every CUDA device. Use it only while no other
 * thread uses the generators.
 */
public final class RandomState implements AutoCloseable {
    private record Saved(Generator generator, Tensor state) {}

    private final List<Saved> saved = new ArrayList<>();

    private RandomState(boolean cuda) {
        Torch.start();
        try (PointerScope temporary = new PointerScope()) {
            save(torch.getDefaultCPUGenerator());
            for (int i = 0; cuda && i < torch.cuda_device_count(); i++) {
                save(torch.globalContext().defaultGenerator(new Device(DeviceType.CUDA, (byte) i)));
            }
        }
    }

    private void save(Generator generator) {
        Tensor state = Handles.own(generator.get_state()); // a copy
        saved.add(new Saved(Handles.own(generator), state));
    }

    /**
     * Saves the state of the generators.
     *
     * @param device the device in use; the generators of CUDA are saved only if it is a CUDA device
     */
    @MustClose
    public static RandomState of(Device device) {
        return new RandomState(Devices.isCuda(device));
    }

    /** Restores the state of the generators. May be called again. */
    public void restore() {
        for (Saved s : saved) s.generator.set_state(s.state);
    }

    /** Frees the saved state. */
    @Override
    public void close() {
        for (Saved s : saved) {
            s.generator.close();
            s.state.close();
        }
    }
}
