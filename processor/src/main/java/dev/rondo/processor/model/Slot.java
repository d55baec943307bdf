package dev.rondo.processor.model;

import java.util.List;

/**
 * One number of a table: a handler, at one of its events.
 *
 * @param order the order that it states for the event, or NaN
 * @param reads the attributes that it reads; separate from the handler, because class files may lack the names of parameters
 * @param delegated whether the base class's table runs it, under the same number
 */
public record Slot(HandledEvent handled, double order, Handler handler, List<String> reads, boolean delegated) {
    static Slot of(HandledEvent handled, Handler.HandlerAnnotation annotation, Handler handler) {
        return new Slot(handled, annotation.order(), handler, handler.reads(), false);
    }

    Slot delegate() {
        return new Slot(handled, order, handler, reads, true);
    }

    Slot reading(List<String> names) {
        return new Slot(handled, order, handler, names, delegated);
    }
}
