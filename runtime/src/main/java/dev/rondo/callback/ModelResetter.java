package dev.rondo.callback;

import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import dev.rondo.nn.Model;

/**
 * Has a recurrent model drop the state that it keeps from batch to batch, at the start of each training and validation and at the end of a
 * fit. Costs nothing in a batch.
 *
 * @see <a href="https://docs.fast.ai/callback.rnn.html#modelresetter">fastai, ModelResetter</a>
 */
public final class ModelResetter {
    @On({Event.BEFORE_TRAIN, Event.BEFORE_VALIDATE, Event.AFTER_FIT})
    void reset(Model model) {
        model.reset();
    }
}
