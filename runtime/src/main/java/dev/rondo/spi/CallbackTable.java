package dev.rondo.spi;

import dev.rondo.event.CancelException;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.event.RunKind;
import dev.rondo.event.Scope;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The handlers of one callback object, numbered 0 to {@link #size} − 1, each for one event. The annotation processor generates an
 * subclass, {@code Foo_Callbacks}, for each class {@code Foo} with handlers. It calls them directly, without reflection.
 *
 * <p>This is a class, not an interface, because the JVM finds a method of a class faster where many classes implement it.
 *
 * @param <L> the learner that the handlers read and write
 */
public abstract class CallbackTable<L> {
    /** The version of this contract. A generated table returns the one it was compiled against from {@link #contract}. */
    public static final int VERSION = 3;

    /** Called by subclasses. */
    protected CallbackTable() {}

    /** The version of the contract that this table was compiled against. */
    public int contract() {
        return VERSION;
    }

    /** The class of learner that {@link #call} accepts. */
    public abstract Class<L> learnerType();

    /** The callback object that the handlers belong to. */
    public abstract Object callback();

    /** The number of handlers. A method that handles two events counts twice. */
    public abstract int size();

    /** The event of a handler; null if it handles a custom event. */
    public abstract @Nullable Event event(int handler);

    /** The custom event of a handler, an annotation marked {@code @EventType}; null if it handles one of the 24. */
    public @Nullable Class<? extends Annotation> customEvent(int handler) {
        return null;
    }

    /** The innermost scope in which the custom event of a handler fires; null if it handles one of the 24. */
    public @Nullable Scope within(int handler) {
        return null;
    }

    /** The order of a handler; NaN if it declares none and {@link #order()} applies. */
    public abstract double order(int handler);

    /** The order of the class. */
    public abstract double order();

    /** Whether the handlers of events inside a batch run in this phase, unless the registration says otherwise. */
    public abstract boolean runsIn(Phase phase);

    /** Whether the callback takes part in runs of this kind. */
    public boolean runsIn(RunKind kind) {
        return true;
    }

    /** Whether the callback takes part in runs that are nested in another run in which it takes part. */
    public boolean nested() {
        return true;
    }

    /**
     * The callback classes that the handlers have as parameters. They must be registered before this one, or together with it when the
     * learner is built.
     */
    public List<Class<?>> requires() {
        return List.of();
    }

    /** The version of the state that {@link #saveState} writes, for the class and its superclasses; empty if there is no state. */
    public String stateVersion() {
        return "";
    }

    /**
     * The names of the fields whose values may change and that {@link #saveState} does not write: those that are neither final, static nor
     * transient. Empty if the callback saves its state itself.
     */
    public List<String> unsavedFields() {
        return List.of();
    }

    /**
     * Writes the values for a checkpoint, by name. Tensors are not copied; the callback owns them.
     *
     * @param to receives numbers, booleans, strings, tensors, lists and maps of these, and nulls
     */
    public void saveState(Map<String, @Nullable Object> to) {}

    /**
     * Reads a state that {@link #saveState} wrote, without changing the callback yet.
     *
     * @return sets the values; the callback then owns the tensors, and its previous tensors are closed
     * @throws IllegalArgumentException if a value is missing or of another type
     */
    public Runnable restoreState(StateReader from) {
        return () -> {};
    }

    /**
     * Calls a handler.
     *
     * @param learner an instance of {@link #learnerType()}, which the dispatcher has checked. The parameter is not an {@code L}: an
     *     implementation would then have a bridge method, which takes as long as the call itself.
     * @throws CancelException if the handler cancels
     */
    public abstract void call(int handler, Object learner) throws CancelException;
}
