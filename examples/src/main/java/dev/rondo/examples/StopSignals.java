package dev.rondo.examples;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jline.utils.Signals;

/** SIGTERM and SIGINT (Ctrl-C): the first one asks the training to stop, the second one ends the process at once. */
final class StopSignals implements AutoCloseable {
    private static final Map<String, Integer> NUMBERS = Map.of("INT", 2, "TERM", 15);
    private static final int FATAL = 128; // shells and the JVM add the number of the signal

    private final AtomicInteger received = new AtomicInteger();
    private final Map<String, Object> before = new LinkedHashMap<>();

    /** @param stop called on another thread at the first signal */
    StopSignals(Runnable stop) {
        NUMBERS.forEach((name, number) -> before.put(name, Signals.register(name, () -> {
            if (!received.compareAndSet(0, number)) Runtime.getRuntime().halt(FATAL + number);
            stop.run();
        })));
    }

    /** The exit status of a process that a signal ends: 130 for SIGINT, 143 for SIGTERM. */
    int status() {
        return FATAL + received.get();
    }

    /** Lets signals end the process again. */
    @Override
    public void close() {
        before.forEach(Signals::unregister);
    }
}
