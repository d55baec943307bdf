package dev.rondo.peers;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Batch;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;

/** Trains with DJL as its documentation does: with blocks, a Trainer, an ArrayDataset and the loop of EasyTrain.fit. */
public final class StepDjl {
    public static void main(String[] args) throws Exception {
        System.setProperty("ai.djl.pytorch.num_threads", "1");
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        System.setProperty("ai.djl.offline", "true"); // the natives are on the class path
        System.setProperty("OPT_OUT_TRACKING", "true");
        Peer peer = new Peer(args);

        try (Model model = Model.newInstance("peer", Device.cpu());
                NDManager manager = NDManager.newBaseManager(Device.cpu())) {
            manager.getEngine().setRandomSeed((int) peer.seed);
            model.setBlock(peer.mlp() ? mlp() : cnn());
            ArrayDataset train = new ArrayDataset.Builder()
                    .setData(images(manager, peer, "train", Peer.TRAIN_SIZE))
                    .optLabels(manager.create(peer.labels("train", Peer.TRAIN_SIZE)))
                    .setSampling(peer.batchSize, true)
                    .build();

            // the default listeners record the loss; no further evaluator is needed
            var config = new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                    .optDevices(new Device[] {Device.cpu()})
                    .optOptimizer(optimizer(peer))
                    .addTrainingListeners(TrainingListener.Defaults.basic());
            try (Trainer trainer = model.newTrainer(config)) {
                trainer.initialize(new Shape(peer.batchSize, 1, 28, 28));
                for (int epoch = 0; epoch < peer.warmupEpochs + peer.epochs; epoch++) {
                    peer.epochStart();
                    for (Batch batch : trainer.iterateDataset(train)) { // the loop of EasyTrain.fit, with the clock
                        EasyTrain.trainBatch(trainer, batch);
                        trainer.step();
                        batch.close();
                        peer.batchEnd();
                    }
                    trainer.notifyListeners(listener -> listener.onEpoch(trainer));
                    peer.epochEnd(trainer.getTrainingResult().getTrainLoss());
                }

                NDArray predicted = trainer.evaluate(new NDList(images(manager, peer, "t10k", Peer.VALID_SIZE)))
                        .singletonOrThrow()
                        .argMax(1);
                NDArray correct = predicted
                        .eq(manager.create(peer.labels("t10k", Peer.VALID_SIZE)))
                        .toType(DataType.INT64, false)
                        .sum();
                peer.report("djl", correct.getLong() / (double) Peer.VALID_SIZE);
            }
        }
    }

    private static NDArray images(NDManager manager, Peer peer, String stem, int n) throws Exception {
        return manager.create(peer.images(stem, n), new Shape(n, 1, 28, 28));
    }

    private static Optimizer optimizer(Peer peer) {
        Tracker lr = Tracker.fixed(peer.lr);
        return peer.mlp()
                ? Optimizer.sgd().setLearningRateTracker(lr).optMomentum(0.9f).build()
                : Optimizer.adamW()
                        .optLearningRateTracker(lr)
                        .optWeightDecays(0.01f)
                        .build();
    }

    private static Block mlp() {
        return new SequentialBlock()
                .add(Blocks.batchFlattenBlock(784))
                .add(Linear.builder().setUnits(64).build())
                .add(Activation::relu)
                .add(Linear.builder().setUnits(10).build());
    }

    private static Block cnn() {
        return new SequentialBlock()
                .add(conv(16))
                .add(Activation::relu)
                .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
                .add(conv(32))
                .add(Activation::relu)
                .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(10).build());
    }

    private static Block conv(int filters) {
        return Conv2d.builder()
                .setKernelShape(new Shape(3, 3))
                .optPadding(new Shape(1, 1))
                .setFilters(filters)
                .build();
    }
}
