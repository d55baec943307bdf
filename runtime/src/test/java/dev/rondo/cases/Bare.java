package dev.rondo.cases;

import dev.rondo.Learner;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.spi.CallbackTable;
import java.util.List;

/** A handwritten table of an object that handles no event. */
final class Bare extends CallbackTable<Learner> {
    private final Object callback;
    private final List<Class<?>> requires;

    Bare(Object callback) {
        this(callback, List.of());
    }

    Bare(Object callback, List<Class<?>> requires) {
        this.callback = callback;
        this.requires = requires;
    }

    @Override
    public Object callback() {
        return callback;
    }

    @Override
    public List<Class<?>> requires() {
        return requires;
    }

    @Override
    public Class<Learner> learnerType() {
        return Learner.class;
    }

    @Override
    public int size() {
        return 0;
    }

    @Override
    public Event event(int handler) {
        throw new IndexOutOfBoundsException(handler);
    }

    @Override
    public double order(int handler) {
        throw new IndexOutOfBoundsException(handler);
    }

    @Override
    public double order() {
        return 0;
    }

    @Override
    public boolean runsIn(Phase phase) {
        return true;
    }

    @Override
    public void call(int handler, Object learner) {
        throw new IndexOutOfBoundsException(handler);
    }
}
