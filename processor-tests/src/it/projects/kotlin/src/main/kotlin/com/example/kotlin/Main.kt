package com.example.kotlin

import dev.rondo.Learner
import dev.rondo.data.DataLoaders
import dev.rondo.data.TensorLoader
import dev.rondo.loss.Losses
import dev.rondo.nn.Linear
import org.bytedeco.pytorch.global.torch

/** Trains for an epoch of three batches. */
fun main() {
    val loader = TensorLoader.of(torch.ones(12, 2), torch.ones(12, 1)).batchSize(4).build()
    val counter = Counter()
    Learner.builder(DataLoaders(loader, loader), Linear(2, 1), Losses.mse())
        .progress(false)
        .callbacks(counter)
        .build()
        .use { it.fit(1, 0.1) }
    println("counted ${counter.batches} batches")
}
