package dev.rondo.examples.conformance;

import dev.rondo.callback.EarlyStopping;
import dev.rondo.callback.GradientAccumulation;
import dev.rondo.callback.GradientClip;
import dev.rondo.callback.Monitor;
import dev.rondo.callback.ReduceLROnPlateau;
import dev.rondo.callback.ShortEpoch;
import dev.rondo.callback.TerminateOnNaN;
import dev.rondo.metric.Direction;

/** Creates the built-in callbacks that scenarios use. */
final class BuiltIn {
    private BuiltIn() {}

    static Object create(Fields description) {
        return switch (description.text("type")) {
            case "GradientAccumulation" -> new GradientAccumulation(description.integer("nAcc", 32));
            case "GradientClip" -> new GradientClip(description.number("maxNorm", 1));
            case "ShortEpoch" -> shortEpoch(description);
            case "TerminateOnNaN" -> new TerminateOnNaN();
            case "EarlyStopping" -> new EarlyStopping(monitor(description), description.integer("patience", 1));
            case "ReduceLROnPlateau" ->
                new ReduceLROnPlateau(
                        monitor(description),
                        description.integer("patience", 1),
                        description.number("factor", 10),
                        description.number("minLr", 0));
            default ->
                throw new IllegalArgumentException("There is no callback of type '" + description.text("type") + "'.");
        };
    }

    private static ShortEpoch shortEpoch(Fields description) {
        ShortEpoch shortEpoch = new ShortEpoch(description.number("pct", 0.01));
        return description.flag("shortValid", true) ? shortEpoch : shortEpoch.trainingOnly();
    }

    /** Returns the monitor of a callback. In the scenarios, smaller values are always better. */
    private static Monitor monitor(Fields description) {
        String column = description.has("monitor") ? description.text("monitor") : "valid_loss";
        return Monitor.of(column, Direction.SMALLER_IS_BETTER).withMinDelta(description.number("minDelta", 0));
    }
}
