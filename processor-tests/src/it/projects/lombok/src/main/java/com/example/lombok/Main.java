package com.example.lombok;

import dev.rondo.Learner;
import dev.rondo.data.DataLoader;
import dev.rondo.data.DataLoaders;
import dev.rondo.data.TensorLoader;
import dev.rondo.loss.Losses;
import dev.rondo.nn.Linear;
import org.bytedeco.pytorch.global.torch;
import org.mapstruct.factory.Mappers;

/** Trains for an epoch of three batches. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        DataLoader loader = TensorLoader.of(torch.ones(12, 2), torch.ones(12, 1)).batchSize(4).build();
        Counter counter = new Counter("batches");
        try (Learner learner = Learner.builder(new DataLoaders(loader, loader), new Linear(2, 1), Losses.mse())
                .progress(false)
                .callbacks(counter)
                .build()) {
            learner.fit(1, 0.1);
        }
        Counts.Count count = Mappers.getMapper(Counts.class).of(counter);
        System.out.println("counted " + count.count() + " " + count.unit());
    }
}
