package dev.rondo.annotation;

import dev.rondo.event.Scope;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes an annotation an event of one's own. It is handled by putting it on a method, and fired by the learner's {@code fire}:
 *
 * <pre>{@code
 * @EventType(within = Scope.BATCH)
 * @Target(ElementType.METHOD)
 * @interface AfterGeneratorStep {
 *     int order() default 0;
 * }
 *
 * learner.fire(AfterGeneratorStep.class);
 * }</pre>
 *
 * <p>Parameters, results and cancels of its handlers follow the rules of {@link On}, and a method may handle several events of both sorts.
 * An order that a handler does not state is that of its class.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.ANNOTATION_TYPE)
public @interface EventType {
    /**
     * The innermost scope within which it is fired. It says which cancels its handlers may raise, those of this scope and of the scopes
     * around it, and whether the phases in which a callback runs count, which they do inside a batch.
     */
    Scope within() default Scope.FIT;
}
