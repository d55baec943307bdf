package dev.rondo.processor.model;

import dev.rondo.event.Event;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What callbacks of other frameworks call the attributes of a learner and the events: PyTorch Lightning, Keras, fastai, Composer,
 * transformers, skorch, DJL. Names are compared by their letters and digits.
 *
 * @see <a href="https://lightning.ai/docs/pytorch/stable/extensions/callbacks.html">Lightning</a>
 * @see <a href="https://keras.io/api/callbacks/base_callback/">Keras</a>
 * @see <a href="https://docs.mosaicml.com/projects/composer/en/stable/api_reference/generated/composer.Event.html">Composer</a>
 * @see <a href="https://huggingface.co/docs/transformers/main_classes/callback">transformers</a>
 * @see <a href="https://skorch.readthedocs.io/en/stable/callbacks.html">skorch</a>
 * @see <a href="https://javadoc.io/doc/ai.djl/api/latest/ai/djl/training/listener/TrainingListener.html">DJL</a>
 */
public final class OtherFrameworks {
    private static final Map<String, String> ATTRIBUTES = new HashMap<>();
    private static final Map<String, String> SENTENCES = new HashMap<>();
    private static final Map<String, Event> EVENTS = new HashMap<>();

    static {
        attribute("epoch", "current_epoch epoch_num epoch_index epoch_idx");
        attribute("nEpoch", "epochs num_epochs max_epochs num_train_epochs total_epochs");
        attribute("iter", "batch_idx batch_index batch_num batch_nb iteration");
        attribute("nIter", "num_batches num_training_batches steps_per_epoch");
        attribute("trainIter", "global_step step train_step current_step num_steps");
        attribute("pctTrain", "progress percent_done");
        attribute("pred", "output outputs model_output model_outputs logits preds prediction predictions y_pred y_hat");
        attribute("x", "input inputs feature features");
        attribute("y", "target targets label labels y_true");
        attribute("batch", "batch_data");
        attribute("loss", "loss_value batch_loss train_loss training_loss");
        attribute("smoothLoss", "running_loss avg_loss average_loss mean_loss");
        attribute("lossGrad", "loss_tensor");
        attribute("lossFunction", "loss_fn loss_func criterion objective");
        attribute("optimizer", "opt optim optimizers");
        attribute("model", "net network pl_module lightning_module module");
        attribute(
                "dataLoaders", "dls data_loader train_loader valid_loader train_dataloader eval_dataloader datamodule");
        attribute("training", "is_training train is_train training_mode");
        attribute("metrics", "metric train_metrics eval_metrics");
        sentence(
                "Take the learner: a parameter of type Learner.",
                "trainer learn self.learn runner engine estimator args");
        sentence("Ask for each value by its name: loss, smoothLoss, metrics.", "logs log training_result");
        sentence(
                "There is no object of the state: ask for each value by its name, such as epoch, trainIter or loss.",
                "state train_state timestamp");
        sentence(
                "To stop, declare a cancel and throw it: throws CancelFitException.",
                "control stop_training should_stop");
        sentence("Ask for the optimizer, which has the hyper-parameters.", "lr learning_rate lr_scheduler scheduler");
        sentence("Ask for the callback Recorder, which has the values of each epoch.", "val_loss valid_loss history");

        event(Event.BEFORE_FIT, "on_train_begin on_train_start on_training_begin on_fit_start fit_start on_fit_begin");
        event(Event.AFTER_FIT, "on_train_end on_training_end on_fit_end fit_end");
        event(Event.BEFORE_EPOCH, "on_epoch_begin on_epoch_start epoch_start on_train_epoch_start");
        event(Event.AFTER_EPOCH, "on_epoch_end epoch_end on_train_epoch_end training_epoch_end on_epoch");
        event(
                Event.BEFORE_BATCH,
                "on_batch_begin on_batch_start batch_start on_train_batch_begin on_train_batch_start before_train_batch"
                        + " on_validation_batch_start on_test_batch_begin on_test_batch_start on_predict_batch_begin"
                        + " on_predict_batch_start eval_batch_start on_step_begin before_forward training_step"
                        + " validation_step");
        event(
                Event.AFTER_BATCH,
                "on_batch_end batch_end on_train_batch_end after_train_batch on_validation_batch_end on_test_batch_end"
                        + " on_predict_batch_end eval_batch_end on_step_end on_training_batch on_validation_batch"
                        + " training_step_end validation_step_end");
        event(Event.AFTER_PRED, "after_forward on_loss_begin before_loss");
        event(Event.BEFORE_BACKWARD, "on_before_backward on_backward_begin");
        event(Event.AFTER_BACKWARD, "on_after_backward on_backward_end on_grad_computed");
        event(Event.BEFORE_STEP, "on_before_optimizer_step on_pre_optimizer_step before_optimizer_step");
        event(Event.AFTER_STEP, "on_optimizer_step on_before_zero_grad on_after_optimizer_step");
        event(
                Event.BEFORE_VALIDATE,
                "on_validation_start on_validation_begin on_validation_epoch_start on_test_begin on_test_start"
                        + " on_predict_begin on_predict_start eval_start");
        event(
                Event.AFTER_VALIDATE,
                "on_validation_end on_validation_epoch_end validation_epoch_end on_test_end on_predict_end on_evaluate"
                        + " eval_end");
        event(Event.AFTER_CREATE, "on_init_end");
    }

    private OtherFrameworks() {}

    private static void attribute(String attribute, String words) {
        for (String word : words.split(" ")) ATTRIBUTES.put(NearestName.letters(word), attribute);
    }

    private static void sentence(String sentence, String words) {
        for (String word : words.split(" ")) SENTENCES.put(NearestName.letters(word), sentence);
    }

    private static void event(Event event, String methods) {
        for (String method : methods.split(" ")) EVENTS.put(NearestName.letters(method), event);
    }

    /** What to do about a name that is no attribute: names a similar one, or that of the word in another framework, or all. */
    public static String hint(String name, Map<String, Attribute> attributes) {
        return byLetters(name, attributes)
                .or(() -> knownHint(name, attributes))
                .orElseGet(() -> NearestName.hint(name, attributes.keySet()));
    }

    private static Optional<String> byLetters(String name, Map<String, Attribute> attributes) {
        return attributes.keySet().stream()
                .filter(attribute -> NearestName.letters(attribute).equals(NearestName.letters(name)))
                .findFirst()
                .map(NearestName::question);
    }

    private static Optional<String> knownHint(String name, Map<String, Attribute> attributes) {
        String word = NearestName.letters(name);
        return Optional.ofNullable(ATTRIBUTES.get(word))
                .filter(attributes::containsKey)
                .map(NearestName::question)
                .or(() -> Optional.ofNullable(SENTENCES.get(word)));
    }

    /** Whether a name is one that callbacks of other frameworks use for an attribute. */
    public static boolean isAttribute(String name) {
        return ATTRIBUTES.containsKey(NearestName.letters(name));
    }

    /** Whether a name is one that callbacks of other frameworks use for what is no attribute here. */
    public static boolean isExplained(String name) {
        return SENTENCES.containsKey(NearestName.letters(name));
    }

    /** The event that a method of this name handles in another framework. */
    public static Optional<Event> event(String method) {
        return Optional.ofNullable(EVENTS.get(NearestName.letters(method)));
    }
}
