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
 * One callback object as the runtime sees it: its handlers, numbered 0 to {@link #size} − 1, each for one event. The annotation
 * processor generates one such class, {@code Foo_Callbacks}, for each class {@code Foo} with handlers; it calls them directly, without
 * reflection.
 *
 * @param <L> the learner that the handlers read and write
 */
public interface CallbackTable<L> {
    /** The version of this contract. A generated table returns the one it was compiled against from {@link #contract}. */
    int VERSION = 1;

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

    /** The order that a handler states; NaN where it states none, so that {@link #order()} holds. */
    double order(int handler);

    /** The order of the class. */
    double order();

    /** Whether the handlers of events inside a batch run in this phase, unless the registration says otherwise. */
    boolean runsIn(Phase phase);

    /** Whether the callback takes part in runs of this kind. */
    default boolean runsIn(RunKind kind) {
        return true;
    }

    /** Whether the callback takes part in runs that are nested in another run of its kinds. */
    default boolean nested() {
        return true;
    }

    /** The classes of callbacks that the handlers ask for as parameters: they must be registered before this one, or be what a learner is built with. */
    default List<Class<?>> requires() {
        return List.of();
    }

    /** The version of the state that {@link #saveState} writes, of the class and those that it extends; empty where there is no state. */
    default String stateVersion() {
        return "";
    }

    /**
     * Writes the values that a checkpoint keeps, by name. Tensors are the callback's own, not copies.
     *
     * @param to gets numbers, booleans, strings, tensors, lists and maps of these, and nulls
     */
    default void saveState(Map<String, Object> to) {}

    /**
     * Reads what {@link #saveState} wrote; nothing changes yet.
     *
     * @return puts the values in place; tensors then belong to the callback, and those that it had are closed
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
