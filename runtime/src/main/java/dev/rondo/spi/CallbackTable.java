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
 * implementation, {@code Foo_Callbacks}, for each class {@code Foo} with handlers. It calls them directly, without reflection.
 *
 * @param <L> the learner that the handlers read and write
 */
public interface CallbackTable<L> {
    /** The version of this contract. A generated table returns the one it was compiled against from {@link #contract}. */
    int VERSION = 2;

    /** The version of the contract that this table was compiled against. */
    default int contract() {
        return VERSION;
    }

    /** The class of learner that {@link #call} accepts. */
    Class<L> learnerType();

    /** The callback object that the handlers belong to. */
    Object callback();

    /** The number of handlers. A method that handles two events counts twice. */
    int size();

    /** The event of a handler; null if it handles a custom event. */
    @Nullable
    Event event(int handler);

    /** The custom event of a handler, an annotation marked {@code @EventType}; null if it handles one of the 24. */
    default @Nullable Class<? extends Annotation> customEvent(int handler) {
        return null;
    }

    /** The innermost scope in which the custom event of a handler fires; null if it handles one of the 24. */
    default @Nullable Scope within(int handler) {
        return null;
    }

    /** The order of a handler; NaN if it declares none and {@link #order()} applies. */
    double order(int handler);

    /** The order of the class. */
    double order();

    /** Whether the handlers of events inside a batch run in this phase, unless the registration says otherwise. */
    boolean runsIn(Phase phase);

    /** Whether the callback takes part in runs of this kind. */
    default boolean runsIn(RunKind kind) {
        return true;
    }

    /** Whether the callback takes part in runs that are nested in another run in which it takes part. */
    default boolean nested() {
        return true;
    }

    /**
     * The callback classes that the handlers have as parameters. They must be registered before this one, or together with it when the
     * learner is built.
     */
    default List<Class<?>> requires() {
        return List.of();
    }

    /** The version of the state that {@link #saveState} writes, for the class and its superclasses; empty if there is no state. */
    default String stateVersion() {
        return "";
    }

    /**
     * Writes the values for a checkpoint, by name. Tensors are not copied; the callback owns them.
     *
     * @param to receives numbers, booleans, strings, tensors, lists and maps of these, and nulls
     */
    default void saveState(Map<String, @Nullable Object> to) {}

    /**
     * Reads a state that {@link #saveState} wrote, without changing the callback yet.
     *
     * @return sets the values; the callback then owns the tensors, and its previous tensors are closed
     * @throws IllegalArgumentException if a value is missing or of another type
     */
    default Runnable restoreState(StateReader from) {
        return () -> {};
    }

    /**
     * Calls a handler.
     *
     * @throws CancelException if the handler cancels
     */
    void call(int handler, L learner) throws CancelException;
}
