package dev.rondo.callback;

import dev.rondo.annotation.Callback;
import dev.rondo.annotation.On;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.Event;
import dev.rondo.torch.HostRead;
import org.bytedeco.pytorch.Tensor;

/**
 * Ends a fit at a loss that is infinite or not a number, in training or validation, before the recorder counts it.
 *
 * <p>Waits for the device at every batch.
 *
 * @see <a href="https://docs.fast.ai/callback.tracker.html#terminateonnancallback">fastai, TerminateOnNaNCallback</a>
 */
@Callback(order = -9)
public final class TerminateOnNaN {
    @On(Event.AFTER_BATCH)
    void check(Tensor loss) throws CancelFitException {
        try (HostRead read = HostRead.of("loss is finite")) {
            if (!loss.isfinite().all().item_bool()) throw CancelFitException.INSTANCE;
        }
    }
}
