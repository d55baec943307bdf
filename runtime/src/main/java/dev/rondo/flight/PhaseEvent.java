package dev.rondo.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A part of a run between two events of the training loop. */
@Name("rondo.Phase")
@Label("Phase")
@Category("Rondo")
@Description(
        "A part of a run between two events: the training or validation of an epoch; data, forward, loss, backward or step of a batch")
@StackTrace(false)
final class PhaseEvent extends Event {
    @Label("Phase")
    @Nullable
    String phase;

    @Label("Training")
    boolean training;
}
