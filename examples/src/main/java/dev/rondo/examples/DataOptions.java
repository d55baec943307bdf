package dev.rondo.examples;

import dev.rondo.data.DataLoaders;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.pytorch.Device;
import picocli.CommandLine.Option;

/** The options of the training data: {@code --data}, {@code --batch} and {@code --seed}. */
public final class DataOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder with the four IDX files. Without it, the built-in part of the data set is used.")
    private Path folder;

    @Option(names = "--batch", defaultValue = "64", description = "Images per training batch.")
    private int batchSize;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Seed of the initial weights and of all random choices of the training.")
    private long seed;

    /** Checks the values. */
    public void check() {
        OptionChecks.requireAtLeast(1, "--batch", batchSize);
        OptionChecks.requireFolder("--data", folder);
    }

    /** Returns the folder, or empty for the built-in part of the data set. */
    public Optional<Path> folder() {
        return Optional.ofNullable(folder);
    }

    public int batchSize() {
        return batchSize;
    }

    public long seed() {
        return seed;
    }

    /** Loads the images. */
    FashionMnist load() {
        return load(Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /** Loads the images. From a folder, loads the first images of each part, at most the given numbers. */
    public FashionMnist load(int maxTrain, int maxValid) {
        return folder == null ? FashionMnist.embedded() : FashionMnist.from(folder, maxTrain, maxValid);
    }

    /** Creates loaders of the images with this batch size and seed. */
    public DataLoaders loaders(FashionMnist images, Device device) {
        return images.loaders(batchSize, seed, device);
    }
}
