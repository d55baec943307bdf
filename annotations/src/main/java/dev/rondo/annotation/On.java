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
 * <p>A parameter is an attribute of the learner, matched by name and type; {@link Read} gives it another name. Or its type alone says what it
 * is: the learner itself, the {@code CallbackHandle} of the callback, the {@code RunKind} of the run, or another callback, which must be
 * registered before this one or built in with it. A handler that returns a value names the attribute that takes it with {@link Writes}.
 * {@code throws} lists the cancels that it may raise.
 *
 * <p>It is not repeatable, so that a compiler can point at each event: {@code @On({Event.A, Event.B})}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface On {
    /** The events to handle; at least one. */
    Event[] value();

    /**
     * The order among the handlers of an event, a finite number: lower runs earlier; ties run in the sequence of registration, then of
     * declaration. The default means the order of the class, {@link Callback#order}.
     */
    double order() default Double.NaN;
}
