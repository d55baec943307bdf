package dev.rondo.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a field of a callback a part of the state of the run. Generated code saves it under the name of the field, and restores it.
 *
 * <p>The field is package-private or wider, not static, and a primitive, a {@code String}, an enum, a {@code Tensor} that the callback
 * owns, or a {@code List} of these or a {@code Map} from numbers, strings or enum constants to these; or it implements
 * {@code dev.rondo.spi.CallbackState}. A list, a map and a {@code CallbackState} may be final: they are restored in place.
 *
 * <p>A restored state must have exactly the values that the class saves. {@link Callback#stateVersion} distinguishes states whose values have the
 * same names but another meaning.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Checkpointed {}
