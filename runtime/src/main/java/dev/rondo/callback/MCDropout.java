package dev.rondo.callback;

import dev.rondo.Learner;
import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import dev.rondo.event.Scope;
import dev.rondo.nn.Layer;
import java.util.Locale;

/**
 * Monte Carlo dropout: keeps dropout layers in training mode in validations and predictions. Each prediction is then a random sample, and
 * the spread of the samples measures the uncertainty of the model. Applies to each layer whose class has "dropout" in its name. Costs
 * nothing per batch.
 *
 * <pre>{@code
 * Predictions draw = learner.getPreds(loader, p -> p.callbacks(new MCDropout()));
 * }</pre>
 *
 * @see <a href="https://arxiv.org/abs/1506.02142">Gal and Ghahramani 2015</a>
 * @see <a href="https://docs.fast.ai/callback.preds.html#mcdropoutcallback">fastai, MCDropoutCallback</a>
 */
public final class MCDropout {
    @On(Event.BEFORE_VALIDATE)
    void dropOut(Learner learner) {
        for (Layer layer : ModelLayers.of(learner.model(), MCDropout.class).values()) {
            if (!layer.getClass().getSimpleName().toLowerCase(Locale.ROOT).contains("dropout")) continue;
            layer.train(true);
            learner.until(Scope.VALIDATE, () -> layer.train(false));
        }
    }

    @Override
    public String toString() {
        return "MCDropout";
    }
}
