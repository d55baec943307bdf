package dev.rondo.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a field of a callback a part of the state of the run. Generated code saves it under the name of the field, and restores it.
 *
 * <p>The field is package-private or wider, not static, and of one of these types: a primitive or its box, a {@code String}, an enum, a
 * type of {@code java.time} or another whose text can be parsed ({@code BigDecimal}, {@code UUID}, {@code URI}, {@code Path}), a {@code
 * Tensor} that the callback owns; an array, collection, optional value, map or record of these, nested to any depth; or it implements
 * {@code dev.rondo.spi.CallbackState}. A collection, a map and a {@code CallbackState} may be final: they are restored in place.
 * docs/checks/checkpointed-type.md lists the types.
 *
 * <p>A field that can change and whose value is not needed later is {@code transient}: then no warning is logged when checkpoints are made.
 *
 * <p>A restored state must have exactly the values that the class saves. {@link Callback#stateVersion} distinguishes states whose values have the
 * same names but another meaning.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Checkpointed {}
