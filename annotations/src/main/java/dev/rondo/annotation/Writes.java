package dev.rondo.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the attributes of the learner that a handler sets. A handler that returns a value names exactly one attribute, which takes the value.
 * A void handler with the learner among its parameters lists the attributes that it sets.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Writes {
    /** The names of the attributes. */
    String[] value();
}
