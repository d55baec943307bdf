package dev.rondo.torch;

import dev.rondo.annotation.MustClose;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/**
 * A wait of the host for the device, to read a value from a tensor. It is recorded as the Java Flight Recorder event
 * {@code rondo.HostRead}. Without a recording, it costs a comparison.
 *
 * <pre>{@code
 * try (DeviceWait read = DeviceWait.of("smooth loss")) {
 *     return loss.item_double();
 * }
 * }</pre>
 */
public final class DeviceWait implements AutoCloseable {
    private static final boolean RECORDABLE =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();
    private static final DeviceWait UNRECORDED = new DeviceWait(null);

    private final @Nullable Object event; // of type Object, because a run-time image may lack jdk.jfr

    private DeviceWait(@Nullable Object event) {
        this.event = event;
    }

    /**
     * Begins a read.
     *
     * @param what what is read, for the event
     */
    @MustClose
    public static DeviceWait of(String what) {
        return RECORDABLE && Recorded.PROBE.isEnabled() ? Recorded.begun(what) : UNRECORDED;
    }

    @Override
    public void close() {
        if (event != null) ((Recorded) event).commit();
    }

    @Override
    public String toString() {
        return "HostRead";
    }

    /** The recorded event. */
    @Name("rondo.HostRead")
    @Label("Host read")
    @Category("Rondo")
    @Description("The host waits for a device to read a value from it")
    @StackTrace
    private static final class Recorded extends Event {
        static final Recorded PROBE = new Recorded();

        @Label("What")
        @Nullable
        String what;

        static DeviceWait begun(String what) {
            Recorded event = new Recorded();
            event.what = what;
            event.begin();
            return new DeviceWait(event);
        }
    }
}
