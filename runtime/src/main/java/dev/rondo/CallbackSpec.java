package dev.rondo;

import dev.rondo.check.Argument;
import java.util.function.Consumer;

/**
 * A callback to be registered.
 *
 * @param name the key of the registration
 * @param callback the object, or a table
 * @param setUp sets switches and order of the registration before any event reaches it
 */
record CallbackSpec(String name, Object callback, Consumer<CallbackHandle> setUp) {
    CallbackSpec {
        Argument.name("A callback", name);
        Argument.given("callback", callback);
        Argument.given("setUp", setUp);
    }

    static CallbackSpec of(Object callback) {
        Argument.given("callback", callback);
        String name = callback instanceof Callbacks.Function function
                ? function.name()
                : CallbackNames.of(CallbackRegistry.itself(callback).getClass());
        return new CallbackSpec(name, callback, handle -> {});
    }
}
