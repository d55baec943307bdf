package dev.rondo.torch;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;

/**
 * Where libtorch's default generators stand: the CPU's and, where CUDA is in use, that of every CUDA device. To be used while no other
 * thread draws from them.
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
     * Remembers where the generators stand.
     *
     * @param device one that is in use; the generators of CUDA are looked at only if it is one of its devices
     */
    public static RandomState of(Device device) {
        return new RandomState(Devices.isCuda(device));
    }

    /** Puts the generators back to where they stood; may be called again. */
    public void restore() {
        for (Saved s : saved) s.generator.set_state(s.state);
    }

    /** Frees what it remembers. */
    @Override
    public void close() {
        for (Saved s : saved) {
            s.generator.close();
            s.state.close();
        }
    }
}
