package dev.rondo.annotation;

import dev.rondo.event.Phase;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Options of a whole callback class; optional, a class with an {@link On} method is a callback without it. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Callback {
    /** The order of all handlers that state none: lower runs earlier. */
    double order() default 0;

    /** The phases in which the handlers of events inside a batch run; events around batches always reach the callback. */
    Phase[] runs() default {Phase.TRAIN, Phase.VALID};

    /** The subclass of the learner whose attributes the handlers use; {@code void} stands for {@code dev.rondo.Learner}. */
    Class<?> learner() default void.class;

    /** The version of what the {@link Checkpointed} fields mean; a state of another version is not restored. */
    int stateVersion() default 1;
}
