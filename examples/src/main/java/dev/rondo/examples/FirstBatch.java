package dev.rondo.examples;

import dev.rondo.annotation.On;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.Event;
import java.lang.management.ManagementFactory;
import java.time.Instant;

/** Ends a fit behind its first batch and prints when the JVM started and when the batch ended, for whoever measures starts. */
final class FirstBatch {
    @On(value = Event.AFTER_BATCH, order = Double.POSITIVE_INFINITY)
    void end() throws CancelFitException {
        long ended = Instant.now().toEpochMilli();
        System.out.println(ManagementFactory.getRuntimeMXBean().getStartTime() + " " + ended);
        throw CancelFitException.INSTANCE;
    }
}
