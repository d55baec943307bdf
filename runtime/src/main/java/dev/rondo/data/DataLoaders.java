package dev.rondo.data;

import dev.rondo.torch.Devices;
import dev.rondo.torch.Torch;
import java.util.List;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;

/** The loader to train on and the one to validate on, and the device that batches and model go to. */
public final class DataLoaders {
    private final DataLoader train;
    private final DataLoader valid;
    private final Device device;
    private final boolean moves;

    /** On the CPU. */
    public DataLoaders(DataLoader train, DataLoader valid) {
        this(train, valid, Devices.cpu());
    }

    /** @param device from {@link Devices#parse}; it must stay open as long as the loaders are used */
    public DataLoaders(DataLoader train, DataLoader valid, Device device) {
        Torch.start();
        this.train = train;
        this.valid = valid;
        this.device = device;
        moves = Devices.isCuda(device);
    }

    /** The loader to train on. */
    public DataLoader train() {
        return train;
    }

    /** The loader to validate on; it may be of size 0. */
    public DataLoader valid() {
        return valid;
    }

    /** Where batches and model go. */
    public Device device() {
        return device;
    }

    /**
     * A batch on the device, its tensors in the scope of the caller; the batch itself if it is there. Copies from pinned memory do not
     * wait.
     */
    public Batch toDevice(Batch batch) {
        return moves ? new Batch(toDevice(batch.xb()), toDevice(batch.yb())) : batch;
    }

    private List<Tensor> toDevice(List<Tensor> tensors) {
        return tensors.stream()
                .map(t -> t.is_cuda() ? t : t.to(device, t.scalar_type(), true, false, new MemoryFormatOptional()))
                .toList();
    }
}
