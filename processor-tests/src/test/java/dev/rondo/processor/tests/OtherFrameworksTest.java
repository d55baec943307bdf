package dev.rondo.processor.tests;

import static dev.rondo.processor.tests.Rejecting.method;
import static dev.rondo.processor.tests.Rejecting.warns;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Misspelt names, names of another style, and words of other frameworks are answered with the right name. */
class OtherFrameworksTest {
    @ParameterizedTest
    @CsvSource({
        "epcoh, epoch",
        "Epoch, epoch",
        "train_iter, trainIter",
        "TRAINITER, trainIter",
        "tarin_iter, trainIter",
        "loss_grad, lossGrad",
        "global_step, trainIter",
        "globalStep, trainIter",
        "current_epoch, epoch",
        "max_epochs, nEpoch",
        "batch_idx, iter",
        "num_batches, nIter",
        "outputs, pred",
        "model_output, pred",
        "logits, pred",
        "y_pred, pred",
        "inputs, x",
        "labels, y",
        "pl_module, model",
        "net, model",
        "optim, optimizer",
        "loss_fn, lossFunction",
        "criterion, lossFunction",
        "dls, dataLoaders",
        "running_loss, smoothLoss",
        "is_training, training",
    })
    void aNameThatMeansAnAttribute(String name, String attribute) {
        method(
                "unknown-attribute",
                "The learner has no attribute '" + name + "'. Did you mean '" + attribute + "'?",
                "@On(Event.AFTER_LOSS) void h(Tensor ^" + name + ") {}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "trainer | Take the learner: a parameter of type Learner.",
                "learn | Take the learner: a parameter of type Learner.",
                "args | Take the learner: a parameter of type Learner.",
                "logs | Ask for each value by its name: loss, smoothLoss, metrics.",
                "state | There is no object of the state: ask for each value by its name, such as epoch, trainIter or loss.",
                "control | To stop, declare a cancel and throw it: throws CancelFitException.",
                "learning_rate | Ask for the optimizer, which has the hyper-parameters.",
                "val_loss | Ask for the callback Recorder, which has the values of each epoch.",
            })
    void aWordThatHasNoAttribute(String name, String hint) {
        method(
                "unknown-attribute",
                "The learner has no attribute '" + name + "'. " + hint,
                "@On(Event.AFTER_LOSS) void h(Object ^" + name + ") {}");
    }

    @Test
    void namesInAnnotations() {
        method(
                "unknown-attribute",
                "The learner has no attribute 'self.learn'. Take the learner: a parameter of type Learner.",
                "@On(Event.AFTER_LOSS) void h(@Read(^\"self.learn\") Tensor value) {}");
        method(
                "unknown-attribute",
                "The learner has no attribute 'loss_grad'. Did you mean 'lossGrad'?",
                "@On(Event.AFTER_LOSS) @Writes(^\"loss_grad\") void h(Learner learner) {}");
    }

    @ParameterizedTest
    @CsvSource({
        "on_train_begin, BEFORE_FIT",
        "on_fit_start, BEFORE_FIT",
        "onTrainingEnd, AFTER_FIT",
        "on_epoch_end, AFTER_EPOCH",
        "onEpoch, AFTER_EPOCH",
        "on_train_batch_start, BEFORE_BATCH",
        "on_train_batch_end, AFTER_BATCH",
        "onTrainBatchEnd, AFTER_BATCH",
        "training_step, BEFORE_BATCH",
        "after_batch, AFTER_BATCH",
        "after_forward, AFTER_PRED",
        "on_before_optimizer_step, BEFORE_STEP",
        "on_validation_epoch_end, AFTER_VALIDATE",
        "eval_start, BEFORE_VALIDATE",
        "on_step_end, AFTER_BATCH",
        "onAfterBakward, AFTER_BACKWARD",
    })
    void aMethodWithTheNameOfAnEvent(String method, String event) {
        warns(
                "looks-like-handler",
                "'" + method + "' has no @On, so it does not run. Did you mean @On(Event." + event + ")?",
                "class Foo { void ^" + method + "() {} @On(Event.AFTER_FIT) void end() {} }");
    }
}
