package dev.rondo.data;

import dev.rondo.check.Argument;
import dev.rondo.check.ObjectText;
import dev.rondo.torch.Devices;
import dev.rondo.torch.Torch;
import java.util.List;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;

/** The training and validation loaders, and the device for batches and the model. */
public final class DataLoaders {
    private final DataLoader train;
    private final DataLoader valid;
    private final Device device;
    private final boolean moves;

    /** Loaders for the CPU. */
    public DataLoaders(DataLoader train, DataLoader valid) {
        this(train, valid, Devices.cpu());
    }

    /**
     * Loaders for a device.
     *
     * @param train the training loader
     * @param valid the validation loader; it may be of size 0
     * @param device a device of {@link Devices#parse}; it must stay open while the loaders are used
     */
    public DataLoaders(DataLoader train, DataLoader valid, Device device) {
        Torch.start();
        this.train = Argument.given("train", train);
        this.valid = Argument.given("valid", valid);
        this.device = Argument.given("device", device);
        moves = Devices.isCuda(device);
    }

    /** The training loader. */
    public DataLoader train() {
        return train;
    }

    /** The validation loader; it may be of size 0. */
    public DataLoader valid() {
        return valid;
    }

    /** The device for batches and the model. */
    public Device device() {
        return device;
    }

    /**
     * Copies a batch to the device. Returns the batch itself if the device is the CPU. The new tensors belong to the native scope of the
     * caller. Copies from pinned memory do not wait.
     */
    public Batch toDevice(Batch batch) {
        return moves ? new Batch(toDevice(batch.xb()), toDevice(batch.yb())) : batch;
    }

    @Override
    public String toString() {
        return "DataLoaders[train=" + text(train) + ", valid=" + text(valid) + ", device="
                + (device.isNull() ? "closed]" : Devices.name(device) + "]");
    }

    private static String text(DataLoader loader) {
        String text = ObjectText.of(loader);
        return text.equals(ObjectText.name(loader.getClass())) ? text + " of " + loader.size() + " batches" : text;
    }

    private List<Tensor> toDevice(List<Tensor> tensors) {
        return tensors.stream()
                .map(t -> t.is_cuda() ? t : t.to(device, t.scalar_type(), true, false, new MemoryFormatOptional()))
                .toList();
    }
}
