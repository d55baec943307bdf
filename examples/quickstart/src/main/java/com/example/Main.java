package com.example;

import dev.rondo.Learner;
import dev.rondo.data.DataLoader;
import dev.rondo.data.DataLoaders;
import dev.rondo.data.TensorLoader;
import dev.rondo.loss.Losses;
import dev.rondo.nn.Linear;
import dev.rondo.optim.Optimizers;
import dev.rondo.torch.Torch;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Learns from 1,000 examples how three numbers are weighted. */
public final class Main {
    public static void main(String[] args) {
        Torch.seed(42);
        Tensor x = torch.rand(1000, 3);
        Tensor y = x.matmul(torch.tensor(1f, -2f, 3f).reshape(3, 1));
        DataLoader train = TensorLoader.of(x, y).batchSize(50).shuffle(42).build();
        DataLoader valid = TensorLoader.of(x.narrow(0, 0, 100), y.narrow(0, 0, 100)).build();

        try (Learner learner = Learner.builder(new DataLoaders(train, valid), new Linear(3, 1), Losses.mse())
                .optimizer(Optimizers.adamW())
                .callbacks(new LinearDecay(0.1))
                .build()) {
            learner.fit(5);
        }
    }
}
