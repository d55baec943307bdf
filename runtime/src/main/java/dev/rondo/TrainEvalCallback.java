package dev.rondo;

import dev.rondo.annotation.Callback;
import dev.rondo.annotation.On;
import dev.rondo.annotation.Writes;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Updates the counters of a run, moves the model to its device and switches it between training and evaluation mode. One of the default
 * callbacks; without it, nothing trains. Makes no native call in a batch.
 *
 * @see <a href="https://docs.fast.ai/callback.core.html#trainevalcallback">fastai, TrainEvalCallback</a>
 */
@Callback(order = -10, runs = Phase.TRAIN)
public final class TrainEvalCallback {
    @On(Event.AFTER_CREATE)
    @Writes("nEpoch")
    int oneEpoch() {
        return 1;
    }

    @On(Event.BEFORE_FIT)
    @Writes({"epoch", "loss", "trainIter", "pctTrain"})
    void start(Learner learner) {
        learner.setEpoch(0);
        learner.setTrainIter(0);
        learner.setPctTrain(0);
        try (Tensor zero = torch.zeros(new long[0])) {
            learner.setLoss(zero);
        }
        learner.model().to(learner.dataLoaders().device());
        learner.model().reset();
    }

    @On(Event.BEFORE_TRAIN)
    @Writes({"pctTrain", "training"})
    void train(Learner learner) {
        learner.setPctTrain((double) learner.epoch() / learner.nEpoch());
        learner.model().train(true);
        learner.setTraining(true);
    }

    @On(Event.AFTER_BATCH)
    @Writes({"pctTrain", "trainIter"})
    void count(Learner learner) {
        learner.setPctTrain(learner.pctTrain() + 1.0 / ((double) learner.nIter() * learner.nEpoch()));
        learner.setTrainIter(learner.trainIter() + 1);
    }

    @On(Event.BEFORE_VALIDATE)
    @Writes("training")
    boolean evaluate(Learner learner) {
        learner.model().train(false);
        return false;
    }

    @Override
    public String toString() {
        return "TrainEvalCallback";
    }
}
