package dev.rondo.callback;

import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import dev.rondo.nn.Model;

/**
 * Resets the hidden state of a recurrent model at the start of each training and validation phase and at the end of a fit. Costs nothing
 * per batch.
 *
 * @see <a href="https://docs.fast.ai/callback.rnn.html#modelresetter">fastai, ModelResetter</a>
 */
public final class ModelResetter {
    @On({Event.BEFORE_TRAIN, Event.BEFORE_VALIDATE, Event.AFTER_FIT})
    void reset(Model model) {
        model.reset();
    }

    @Override
    public String toString() {
        return "ModelResetter";
    }
}
