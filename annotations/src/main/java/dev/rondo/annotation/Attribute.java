package dev.rondo.annotation;

import dev.rondo.event.Event;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes an accessor of a learner, {@code T name()}, an attribute. A handler reads it as a parameter {@code T name}. If the learner has a
 * method {@code setName(T)}, callbacks can write it, as {@link #writable} and {@link #owners} allow.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Attribute {
    /** The first event, in the sequence of {@link Event}, at which the attribute has a value. */
    Event from() default Event.AFTER_CREATE;

    /** The last event at which the attribute has a value. */
    Event until() default Event.AFTER_FIT;

    /** Whether any callback may write it, through {@link Writes}. */
    boolean writable() default false;

    /** The only callbacks that may write it. */
    Class<?>[] owners() default {};
}
