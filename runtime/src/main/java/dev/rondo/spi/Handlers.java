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
 * The handlers of a generated table, and what each of them reads, writes and cancels. The processor reads it when it compiles other
 * artifacts. It is needed because class files may lack the names of parameters.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Handlers {
    /** One entry for each handler, in the table's numbering. */
    Handler[] value();

    /**
     * The module whose declaration was compiled with the table and must name the index; empty outside modules, and for tests that are
     * compiled into a module.
     */
    String module() default "";

    /** One handler. */
    @Retention(RetentionPolicy.CLASS)
    @Target({})
    @interface Handler {
        /** The method's name. */
        String method();

        /** The event that it handles; empty for a custom event. */
        Event[] event() default {};

        /** The custom event that it handles; {@link Annotation} itself if there is none, or if the table cannot access it. */
        Class<? extends Annotation> custom() default Annotation.class;

        /** The order that it declares; NaN for none. */
        double order() default Double.NaN;

        /** The attributes that it reads as parameters. */
        String[] reads() default {};

        /** The attributes that it writes. */
        String[] writes() default {};

        /** The scopes that it may cancel. */
        Scope[] cancels() default {};
    }
}
