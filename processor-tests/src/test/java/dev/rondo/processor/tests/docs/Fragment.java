package dev.rondo.processor.tests.docs;

import dev.rondo.Learner;
import dev.rondo.data.DataLoader;
import dev.rondo.data.DataLoaders;
import dev.rondo.data.TensorLoader;
import dev.rondo.loss.Loss;
import dev.rondo.loss.Losses;
import dev.rondo.nn.Layer;
import dev.rondo.nn.Linear;
import dev.rondo.nn.ReLU;
import dev.rondo.nn.Sequential;
import dev.rondo.torch.Devices;
import dev.rondo.torch.Torch;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * Superclass of the statements on a page, with the variables that they may use: 60 samples of four numbers in three classes. A statement
 * may declare a variable of the same name.
 */
public abstract class Fragment {
    static {
        Torch.start();
    }

    /** A new folder, and a file in it that does not exist. */
    protected Path folder;

    protected Path file;
    protected Map<String, Map<String, @Nullable Object>> states;

    protected final Device device = Devices.cpu();
    protected final Tensor x = torch.rand(60, 4);
    protected final Tensor y =
            torch.arange(new Scalar(60)).remainder(new Scalar(3)).to(ScalarType.Long);
    protected final DataLoader train =
            TensorLoader.of(x, y).batchSize(20).shuffle(1).build();
    protected final DataLoader valid = TensorLoader.of(x, y).batchSize(30).build();
    protected final DataLoaders dataLoaders = new DataLoaders(train, valid);
    protected final Layer model = new Sequential(new Linear(4, 16), new ReLU(), new Linear(16, 3));
    protected final Loss loss = Losses.crossEntropy();
    protected final Learner learner = Learner.builder(dataLoaders, model, loss).build();

    protected abstract void run() throws Exception;

    final void runIn(Path folder) throws Exception {
        this.folder = folder;
        file = folder.resolve("model.safetensors");
        run();
    }
}
