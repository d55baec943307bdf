package dev.rondo.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A call of a handler of a callback. */
@Name("rondo.Handler")
@Label("Handler")
@Category("Rondo")
@Description("A handler of a callback runs")
@StackTrace(false)
final class HandlerEvent extends Event {
    @Label("Callback")
    @Nullable
    String callback;

    @Label("Event")
    @Nullable
    String at;

    @Label("Native Handles")
    @Description("Handles to native objects that it allocated and did not free")
    long handles;
}
