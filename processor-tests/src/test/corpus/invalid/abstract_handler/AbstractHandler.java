package invalid.abstract_handler;

import dev.rondo.annotation.On;
import dev.rondo.event.Event;

abstract class AbstractHandler {
    @On(Event.BEFORE_FIT)
    abstract void later(); // ! abstract-handler

    interface InAnInterface {
        @On(Event.BEFORE_FIT)
        void later(); // ! abstract-handler
    }
}
