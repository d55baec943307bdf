package dev.rondo.annotation;

import dev.rondo.event.Scope;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes an annotation a custom event. A method that carries the annotation handles it; the learner's {@code fire} fires it:
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
 * <p>Parameters, results and cancels of its handlers follow the rules of {@link On}. A method may handle several events, custom and built-in.
 * Without an order of its own, a handler has the order of its class. The annotation must not be generated in the compilation that uses
 * it: javac hides annotations that it does not know yet.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.ANNOTATION_TYPE)
public @interface EventType {
    /**
     * The innermost scope in which it fires. Its handlers may cancel this scope and the scopes around it. Inside a batch, {@link
     * Callback#runs} filters its handlers.
     */
    Scope within() default Scope.FIT;
}
