package dev.rondo.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Acknowledges that a handler of an event inside a batch reads values from the device, so that the host waits for it. Without it, the
 * compiler warns at each such read ({@code host-read}). The timetable of a plan shows it.
 *
 * <pre>{@code
 * @On(Event.AFTER_BATCH)
 * @HostRead("every 50th batch")
 * void log(Learner learner) {
 *     if (learner.trainIter() % 50 == 0) log(learner.loss().item_double());
 * }
 * }</pre>
 *
 * <p>The warning needs javac.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface HostRead {
    /** The reason, or how often it happens. */
    String value() default "";
}
