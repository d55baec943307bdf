package invalid.cancel_no_effect;

import dev.rondo.annotation.On;
import dev.rondo.event.CancelBackwardException;
import dev.rondo.event.CancelBatchException;
import dev.rondo.event.CancelEpochException;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.Event;

class CancelNoEffect {
    @On(Event.AFTER_BATCH)
    void over() throws CancelEpochException, CancelBatchException {} // ! cancel-no-effect

    @On({Event.BEFORE_FIT, Event.AFTER_FIT})
    void end() throws CancelFitException {} // ! cancel-no-effect

    @On(Event.BEFORE_STEP)
    @SuppressWarnings("rondo:cancel-no-effect")
    void suppressed() throws CancelBackwardException {}
}
