package dev.rondo;

import dev.rondo.annotation.EventType;
import dev.rondo.event.Scope;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A custom event: a fit goes on from a checkpoint. It fires once, when the saved state has been restored and before the next batch. Handlers
 * put in order what is outside the learner, such as a file with rows that the checkpoint does not have.
 *
 * <p>Before it, the events that open the scopes around the checkpoint have fired again: before_fit and, inside an epoch, before_epoch and
 * before_train or before_validate. {@link Learner#resuming} is true in their handlers.
 */
@EventType(within = Scope.FIT)
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface AfterResume {
    /** The order of the handler, as that of {@link dev.rondo.annotation.On}; by default that of the class. */
    int order() default 0;
}
