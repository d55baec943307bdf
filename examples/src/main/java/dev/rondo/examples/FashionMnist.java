package dev.rondo.examples;

import dev.rondo.data.DataLoaders;
import dev.rondo.data.Idx;
import dev.rondo.data.TensorLoader;
import dev.rondo.torch.Devices;
import dev.rondo.torch.Handles;
import dev.rondo.torch.Torch;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Images of clothing, 28×28 pixels, in ten classes: float32 images of shape (N, 1, 28, 28), with mean 0 and standard deviation 1, and int64
 * labels of shape (N).
 *
 * @see <a href="https://github.com/zalandoresearch/fashion-mnist">Fashion-MNIST</a>
 */
public final class FashionMnist implements AutoCloseable {
    private static final String EMBEDDED = "fashion-mnist/train-images-idx3-ubyte.gz";
    private static final int SIDE = 28;
    private static final int CLASSES = 10;
    /** Mean and standard deviation of the training pixels, scaled to the range 0 to 1. */
    private static final double MEAN = 0.2860, STD = 0.3530;

    private final Tensor trainX;
    private final Tensor trainY;
    private final Tensor validX;
    private final Tensor validY;

    private FashionMnist(Path folder, int maxTrain, int maxValid) {
        Torch.start();
        Tensor[] train = read(folder, "train", maxTrain);
        Tensor[] valid = read(folder, "t10k", maxValid);
        trainX = train[0];
        trainY = train[1];
        validX = valid[0];
        validY = valid[1];
    }

    /** Loads the built-in part of the data set: 12,000 training images and 2,000 validation images. */
    public static FashionMnist embedded() {
        try {
            URI file = FashionMnist.class.getResource(EMBEDDED).toURI();
            if (!file.getScheme().equals("jar")) return from(Path.of(file).getParent());
            try (FileSystem jar = FileSystems.newFileSystem(file, Map.of())) {
                return from(Path.of(file).getParent());
            }
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("Cannot read the built-in data set.", e);
        }
    }

    /** Loads the four files of the data set from a folder. Each file is gzipped ({@code .gz}) or plain. */
    public static FashionMnist from(Path folder) {
        return from(folder, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /** Loads the four files from a folder, limited to the first images of each part. */
    public static FashionMnist from(Path folder, int maxTrain, int maxValid) {
        if (!Files.isDirectory(folder)) {
            throw new UserException(
                    "There is no folder " + folder + "; name the folder with the four IDX files with --data.");
        }
        return new FashionMnist(folder, maxTrain, maxValid);
    }

    private static Tensor[] read(Path folder, String part, int max) {
        Path imageFile = file(folder, part + "-images-idx3-ubyte");
        Path labelFile = file(folder, part + "-labels-idx1-ubyte");
        try {
            Idx images = Idx.images(imageFile);
            Idx labels = Idx.labels(labelFile);
            int[] shape = images.shape();
            if (shape[1] != SIDE || shape[2] != SIDE) {
                throw new UserException(imageFile + " holds images of " + shape[1] + "×" + shape[2]
                        + " pixels; the models need 28×28.");
            }
            if (shape[0] != labels.shape()[0]) {
                throw new UserException(imageFile + " holds " + shape[0] + " images and " + labelFile + " "
                        + labels.shape()[0] + " labels; use files of the same data set.");
            }
            checkClasses(labels.data(), labelFile);
            int n = Math.min(max, shape[0]);
            return new Tensor[] {images(images, n), labels(labels, n)};
        } catch (IOException e) {
            throw new UserException(e.getMessage(), e);
        }
    }

    private static Path file(Path folder, String name) {
        Path gzipped = folder.resolve(name + ".gz"), plain = folder.resolve(name);
        return Files.exists(gzipped) || !Files.exists(plain) ? gzipped : plain;
    }

    private static void checkClasses(byte[] labels, Path file) {
        for (int i = 0; i < labels.length; i++) {
            if ((labels[i] & 255) >= CLASSES) {
                throw new UserException(
                        file + " has the label " + (labels[i] & 255) + " at index " + i + "; the classes are 0 to 9.");
            }
        }
    }

    private static Tensor images(Idx images, int n) {
        try (PointerScope temporary = new PointerScope()) {
            Tensor t = bytes(images.data(), n, 1, SIDE, SIDE).to(ScalarType.Float);
            return Handles.own(t.div_(new Scalar(255.0))
                    .sub_(new Scalar(MEAN), new Scalar(1.0))
                    .div_(new Scalar(STD)));
        }
    }

    private static Tensor labels(Idx labels, int n) {
        try (PointerScope temporary = new PointerScope()) {
            return Handles.own(bytes(labels.data(), n).to(ScalarType.Long));
        }
    }

    private static Tensor bytes(byte[] data, long... shape) {
        Tensor t = torch.empty(shape, new TensorOptions(ScalarType.Byte), new MemoryFormatOptional());
        ByteBuffer buffer = t.createBuffer();
        buffer.put(data, 0, buffer.remaining());
        return t;
    }

    /** Returns the number of training images. */
    public long size() {
        return trainX.size(0);
    }

    /** Creates loaders of shuffled training batches and of larger validation batches in order. */
    public DataLoaders loaders(int batchSize, long seed, Device device) {
        boolean pin = Devices.isCuda(device);
        return new DataLoaders(
                TensorLoader.of(trainX, trainY)
                        .batchSize(batchSize)
                        .shuffle(seed)
                        .pin(pin)
                        .build(),
                TensorLoader.of(validX, validY)
                        .batchSize(Math.max(batchSize, 256))
                        .pin(pin)
                        .build(),
                device);
    }

    @Override
    public void close() {
        trainX.close();
        trainY.close();
        validX.close();
        validY.close();
    }
}
