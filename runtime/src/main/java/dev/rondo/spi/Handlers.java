package dev.rondo.spi;

import dev.rondo.event.Event;
import dev.rondo.event.Scope;
import java.lang.annotation.Annotation;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a generated table says to the processor when other artifacts are compiled: its handlers in sequence, with what each reads, writes
 * and cancels. Class files need not keep the names of parameters; this does.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Handlers {
    /** One entry for each handler, in the table's numbering. */
    Handler[] value();

    /** The module whose declaration was compiled with it and must name the index; none outside of modules, and for tests compiled into one. */
    String module() default "";

    /** One handler. */
    @Retention(RetentionPolicy.CLASS)
    @Target({})
    @interface Handler {
        /** The method's name. */
        String method();

        /** The event that it handles; none for an event of a user's own. */
        Event[] event() default {};

        /** The user's own event that it handles; {@link Annotation} itself for none, or for one that the table cannot name. */
        Class<? extends Annotation> custom() default Annotation.class;

        /** The order that it states; NaN for none. */
        double order() default Double.NaN;

        /** The attributes that it reads as parameters. */
        String[] reads() default {};

        /** The attributes that it writes. */
        String[] writes() default {};

        /** The scopes that it may cancel. */
        Scope[] cancels() default {};
    }
}
