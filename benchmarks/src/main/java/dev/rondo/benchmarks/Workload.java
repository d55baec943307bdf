package dev.rondo.benchmarks;

import dev.rondo.nn.Conv2d;
import dev.rondo.nn.Flatten;
import dev.rondo.nn.Layer;
import dev.rondo.nn.Linear;
import dev.rondo.nn.MaxPool2d;
import dev.rondo.nn.ReLU;
import dev.rondo.nn.Sequential;
import dev.rondo.optim.Optimizer;
import dev.rondo.optim.Optimizers;
import java.util.Locale;

/** The trainings that Rondo and its peers run with the same layers, optimizer and learning rate: images (N, 1, 28, 28) to logits (N, 10). */
public enum Workload {
    /** 784-64-10 with ReLU; SGD with momentum 0.9. */
    MLP(0.02) {
        @Override
        Layer createModel() {
            return new Sequential(new Flatten(), new Linear(784, 64), new ReLU(), new Linear(64, 10));
        }

        @Override
        Optimizer.Factory optimizer() {
            return Optimizers.sgd(0.9, 0);
        }
    },
    /** Two convolutions of 16 and 32 channels, each with max pooling; AdamW that decays every parameter, as PyTorch's does. */
    CNN(1e-3) {
        @Override
        Layer createModel() {
            return new Sequential(
                    new Conv2d(1, 16, 3, 1),
                    new ReLU(),
                    new MaxPool2d(2),
                    new Conv2d(16, 32, 3, 1),
                    new ReLU(),
                    new MaxPool2d(2),
                    new Flatten(),
                    new Linear(1568, 10));
        }

        @Override
        Optimizer.Factory optimizer() {
            return Optimizers.adamW(0.01).withDecayOfNormsAndBiases();
        }
    };

    /** The number of training and validation images: the first ones of each part of the data set. */
    static final int TRAIN_SIZE = 12_000, VALID_SIZE = 2_000;

    /** The default learning rate. */
    public final double lr;

    Workload(double lr) {
        this.lr = lr;
    }

    abstract Layer createModel();

    abstract Optimizer.Factory optimizer();

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
