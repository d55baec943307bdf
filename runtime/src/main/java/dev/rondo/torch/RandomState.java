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
 * A saved state of generators: those of a learner and libtorch's default generators, the CPU's and, with a CUDA device, that of every CUDA
 * device. Other threads share the default generators, so their state is set back only if it has changed.
 */
public final class RandomState implements AutoCloseable {
    private record Saved(Generator generator, Tensor state, boolean owned) {}

    private final List<Saved> saved = new ArrayList<>();
    private boolean closed;

    private RandomState(Generators own, Device device) {
        boolean cuda = Devices.isCuda(device);
        try (PointerScope temporary = new PointerScope()) {
            save(Handles.own(torch.getDefaultCPUGenerator()), true);
            for (int i = 0; cuda && i < torch.cuda_device_count(); i++) {
                save(Handles.own(torch.globalContext().defaultGenerator(new Device(DeviceType.CUDA, (byte) i))), true);
            }
            for (Generator generator : own.with(device)) save(generator, false);
        }
    }

    private void save(Generator generator, boolean owned) {
        saved.add(new Saved(generator, Handles.own(generator.get_state()), owned)); // the state is a copy
    }

    /**
     * Saves the state of the default generators and of these.
     *
     * @param own generators that stay open until the state is closed
     * @param device the device in use; the generators of CUDA are saved only if it is a CUDA device
     */
    @MustClose
    public static RandomState of(Generators own, Device device) {
        return new RandomState(own, device);
    }

    /** Restores the state of the generators. May be called again. */
    public void restore() {
        for (Saved s : saved) {
            try (Tensor now = s.generator.get_state()) {
                if (!now.equal(s.state)) s.generator.set_state(s.state);
            }
        }
    }

    /** Frees the saved state. */
    @Override
    public void close() {
        closed = true;
        for (Saved s : saved) {
            if (s.owned) s.generator.close();
            s.state.close();
        }
    }

    @Override
    public String toString() {
        return "RandomState[generators=" + saved.size() + (closed ? ", closed]" : "]");
    }
}
