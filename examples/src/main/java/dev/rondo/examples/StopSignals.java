package dev.rondo.examples;

import java.util.concurrent.atomic.AtomicInteger;
import org.jline.utils.Signals;

/** SIGTERM and SIGINT (Ctrl-C): the first one asks the training to stop, the second one ends the process at once. */
final class StopSignals {
    private static final int INT = 2;
    private static final int TERM = 15;
    private static final int FATAL = 128; // shells and the JVM add the number of the signal

    private final AtomicInteger received = new AtomicInteger();

    /** @param stop called on another thread at the first signal */
    StopSignals(Runnable stop) {
        handle("INT", INT, stop);
        handle("TERM", TERM, stop);
    }

    private void handle(String name, int number, Runnable stop) {
        Signals.register(name, () -> {
            if (!received.compareAndSet(0, number)) Runtime.getRuntime().halt(FATAL + number);
            stop.run();
        });
    }

    /** The exit status of a process that a signal ends: 130 for SIGINT, 143 for SIGTERM. */
    int status() {
        return FATAL + received.get();
    }
}
