package dev.rondo;

import dev.rondo.check.Argument;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Options of every run: callbacks that are registered for this run only, and removed at its end, however it ends. A callback that is
 * registered already does not change and stays registered.
 *
 * @param <O> the type of the options
 */
public abstract sealed class RunOptions<O extends RunOptions<O>> permits FitOptions, PredictOptions, ValidateOptions {
    private final List<CallbackSpec> callbacks = new ArrayList<>();

    RunOptions() {}

    /** Callbacks for this run only, under names derived from their classes. */
    public final O callbacks(Object... callbacks) {
        for (Object c : Argument.all("callbacks", callbacks)) this.callbacks.add(CallbackSpec.of(c));
        return self();
    }

    /** A callback for this run only, under this name. */
    public final O callback(String name, Object callback) {
        return callback(name, callback, handle -> {});
    }

    /**
     * A callback for this run only, under this name.
     *
     * @param setUp sets switches and order before the first event reaches the callback
     */
    public final O callback(String name, Object callback, Consumer<CallbackHandle> setUp) {
        callbacks.add(new CallbackSpec(name, callback, setUp));
        return self();
    }

    abstract O self();

    List<CallbackSpec> callbacks() {
        return callbacks;
    }

    /** The names of the callbacks of this run, as the last part of a text. */
    final String registered() {
        return "callbacks=" + callbacks.stream().map(CallbackSpec::name).toList();
    }
}
