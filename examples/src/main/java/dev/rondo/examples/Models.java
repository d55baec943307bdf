package dev.rondo.examples;

import dev.rondo.nn.BatchNorm2d;
import dev.rondo.nn.Conv2d;
import dev.rondo.nn.Flatten;
import dev.rondo.nn.Layer;
import dev.rondo.nn.Linear;
import dev.rondo.nn.MaxPool2d;
import dev.rondo.nn.ReLU;
import dev.rondo.nn.Sequential;
import java.util.Set;

/** The models of the examples, for images of 28×28 pixels in ten classes: (N, 1, 28, 28) to logits (N, 10). */
final class Models {
    static final Set<String> NAMES = Set.of("mlp", "cnn");

    private Models() {}

    /**
     * Creates a model.
     *
     * @param name one of {@link #NAMES}
     */
    static Layer create(String name) {
        return switch (name) {
            case "mlp" -> mlp();
            case "cnn" -> cnn();
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** A multilayer perceptron with one hidden layer. */
    private static Layer mlp() {
        return new Sequential(new Flatten(), new Linear(784, 64), new ReLU(), new Linear(64, 10));
    }

    /** Two convolutions, each with batch normalization, ReLU and max pooling. */
    private static Layer cnn() {
        return new Sequential(
                new Conv2d(1, 16, 3, 1),
                new BatchNorm2d(16),
                new ReLU(),
                new MaxPool2d(2),
                new Conv2d(16, 32, 3, 1),
                new BatchNorm2d(32),
                new ReLU(),
                new MaxPool2d(2),
                new Flatten(),
                new Linear(1568, 10));
    }
}
