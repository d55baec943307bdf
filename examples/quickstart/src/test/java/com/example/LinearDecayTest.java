package com.example;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.rondo.Learner;
import dev.rondo.data.DataLoader;
import dev.rondo.data.DataLoaders;
import dev.rondo.data.TensorLoader;
import dev.rondo.loss.Losses;
import dev.rondo.nn.Linear;
import dev.rondo.torch.Torch;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class LinearDecayTest {
    @Test
    void theLearningRateDecaysLinearly() {
        Torch.start();
        DataLoader loader =
                TensorLoader.of(torch.ones(4, 2), torch.ones(4, 1)).batchSize(2).build();
        try (Learner learner = Learner.builder(new DataLoaders(loader, loader), new Linear(2, 1), Losses.mse())
                .callbacks(new LinearDecay(0.1))
                .build()) {
            learner.fit(2);
            assertArrayEquals(new double[] {0.1, 0.075, 0.05, 0.025}, learner.recorder().lrs(), 1e-9);
        }
    }
}
