package dev.rondo.callback;

import dev.rondo.Learner;
import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import dev.rondo.event.Scope;
import dev.rondo.nn.BatchNorm;
import dev.rondo.nn.Layer;

/**
 * Keeps the running statistics of frozen batch norms as they are: those whose scale is not trained are in evaluation mode while the rest
 * trains. Without effect on norms that go on training in frozen groups, which is the default of a learner: build it with
 * {@code trainNorms(false)}. Costs nothing in a batch.
 *
 * @see <a href="https://docs.fast.ai/callback.training.html#bnfreeze">fastai, BnFreeze</a>
 */
public final class BnFreeze {
    @On(Event.BEFORE_TRAIN)
    void freeze(Learner learner) {
        for (Layer layer : ModelLayers.of(learner.model(), BnFreeze.class).values()) {
            if (!(layer instanceof BatchNorm norm) || norm.trained()) continue;
            norm.train(false);
            learner.until(Scope.TRAIN, () -> norm.train(true));
        }
    }
}
