package dev.rondo.callback;

import dev.rondo.Learner;
import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import dev.rondo.event.Scope;
import dev.rondo.nn.BatchNorm;
import dev.rondo.nn.Layer;

/**
 * Freezes the running statistics of batch norms whose scale is frozen: they are in evaluation mode while the rest of the model trains. By
 * default a learner trains norms in frozen parameter groups too, and then this callback has no effect; build the learner with {@code
 * trainNorms(false)}. Costs nothing per batch.
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

    @Override
    public String toString() {
        return "BnFreeze";
    }
}
