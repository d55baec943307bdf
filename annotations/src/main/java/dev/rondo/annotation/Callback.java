package dev.rondo.annotation;

import dev.rondo.event.Phase;
import dev.rondo.event.RunKind;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Options of a callback class. A class with an {@link On} method is a callback without it. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Callback {
    /** The order of the handlers that state none, a finite number: lower runs earlier. */
    double order() default 0;

    /** The phases in which events inside a batch reach the callback. Other events reach it in both. */
    Phase[] runs() default {Phase.TRAIN, Phase.VALID};

    /**
     * The kinds of runs in which the callback takes part: in a run of another kind, no event reaches it. {@link
     * dev.rondo.event.Event#AFTER_CREATE} belongs to no run and always reaches it.
     */
    RunKind[] kinds() default {RunKind.FIT, RunKind.VALIDATE, RunKind.PREDICT, RunKind.LR_FIND};

    /**
     * Whether the callback takes part in runs that a handler starts inside another run of its {@link #kinds}. If not, only the outermost
     * such run reaches it. Runs that began before its registration do not count, except the one for which it is registered.
     */
    boolean nested() default true;

    /** The subclass of the learner whose attributes the handlers use; by default {@code dev.rondo.Learner}. */
    Class<?> learner() default void.class;

    /** The version of the {@link Checkpointed} fields that the class declares, from 1; a state of another version is not restored. */
    int stateVersion() default 1;
}
