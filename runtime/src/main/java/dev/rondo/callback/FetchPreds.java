package dev.rondo.callback;

import dev.rondo.CallbackHandle;
import dev.rondo.Learner;
import dev.rondo.PredictOptions;
import dev.rondo.Predictions;
import dev.rondo.Recorder;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.On;
import dev.rondo.check.Argument;
import dev.rondo.data.DataLoader;
import dev.rondo.event.Event;
import dev.rondo.event.RunKind;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Fetches predictions for a loader after each validation of a fit, and after {@code validate}. They are available to the following handlers
 * of {@code after_validate}. A nested run of kind {@link RunKind#PREDICT} makes them, and its validation events reach the callbacks. As in
 * fastai, this callback and the {@link Recorder} then run after all other callbacks of their orders.
 *
 * <p>Costs a pass over the loader for each validation, and waits for the device at each of its batches.
 *
 * @see <a href="https://docs.fast.ai/callback.core.html#fetchpredscallback">fastai, FetchPredsCallback</a>
 */
@Callback(kinds = {RunKind.FIT, RunKind.VALIDATE})
public final class FetchPreds implements AutoCloseable {
    private final @Nullable DataLoader loader;
    private final Consumer<PredictOptions> how;
    private @Nullable Predictions fetched;

    /** Fetches predictions for the learner's validation loader. */
    public FetchPreds() {
        loader = null;
        how = options -> {};
    }

    /**
     * @param over the loader to predict for
     * @param how sets options, for example to fetch more than predictions and targets
     */
    public FetchPreds(DataLoader over, Consumer<PredictOptions> how) {
        loader = Argument.given("over", over);
        this.how = Argument.given("how", how);
    }

    @On(Event.AFTER_VALIDATE)
    void fetch(Learner learner, CallbackHandle own) {
        DataLoader over = loader != null ? loader : learner.dataLoaders().valid();
        Predictions predictions = learner.getPreds(over, how.andThen(options -> options.inner(true)));
        close();
        fetched = predictions;
        Stream.concat(learner.callback(Recorder.class).map(learner::handle).stream(), Stream.of(own))
                .forEach(CallbackHandle::moveToEnd);
    }

    /** The predictions after the last validation. The callback owns them and closes them at the next validation. */
    public Optional<Predictions> preds() {
        return Optional.ofNullable(fetched);
    }

    /** Frees the predictions. */
    @Override
    public void close() {
        if (fetched != null) fetched.close();
        fetched = null;
    }

    @Override
    public String toString() {
        return "FetchPreds[" + (fetched == null ? "nothing fetched" : fetched) + "]";
    }
}
