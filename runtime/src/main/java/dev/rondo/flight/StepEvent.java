package dev.rondo.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A batch from before_batch to after_batch. */
@Name("rondo.Step")
@Label("Step")
@Category("Rondo")
@Description("A batch of training or validation")
@StackTrace(false)
final class StepEvent extends Event {
    @Label("Training")
    boolean training;
}
