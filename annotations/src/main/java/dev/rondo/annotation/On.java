package dev.rondo.annotation;

import dev.rondo.event.Event;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method the handler of one or more events.
 *
 * <pre>{@code
 * @On(Event.BEFORE_STEP)
 * void skipEveryOther(int trainIter) throws CancelStepException { … }
 * }</pre>
 *
 * <p>Each parameter is an attribute of the learner, matched by name and type ({@link Read} renames it), or is asked for by its type alone:
 * the learner itself, the callback's own {@code CallbackHandle}, the {@code RunKind} of the running call, or another callback, which must
 * then be registered before this one or be built in with it. A handler that returns a value names the attribute that takes it with {@link Writes}. {@code throws} lists the cancels that it may raise.
 *
 * <p>Not repeatable, so that a compiler can point at each event: {@code @On({Event.A, Event.B})}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface On {
    /** The events to handle; at least one. */
    Event[] value();

    /**
     * The place among the handlers of an event: lower runs earlier, ties run as registered, then as declared. The default, NaN, stands
     * for the order of the class, {@link Callback#order}.
     */
    double order() default Double.NaN;
}
