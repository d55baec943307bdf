package dev.rondo.processor.model;

import dev.rondo.event.Event;
import java.util.List;

/**
 * One number of a table: a handler, at one of its events.
 *
 * @param reads the attributes that it reads; kept apart from the handler because class files need not keep the names of parameters
 * @param delegated whether the base class's table runs it, under the same number
 */
public record Slot(Event event, Handler handler, List<String> reads, boolean delegated) {
    Slot delegate() {
        return new Slot(event, handler, reads, true);
    }
}
