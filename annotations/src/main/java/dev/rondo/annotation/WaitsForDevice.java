package dev.rondo.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that a method waits for the device, because it reads a value from it. The compiler reports calls from handlers of events inside a
 * batch ({@code host-read}). On the accessor of an {@link Attribute}, it also says so of handlers that take the attribute as a parameter.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.CONSTRUCTOR})
public @interface WaitsForDevice {}
