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

    static Object of(Fields f) {
        return switch (f.text("type")) {
            case "GradientAccumulation" -> new GradientAccumulation(f.integer("nAcc", 32));
            case "GradientClip" -> new GradientClip(f.number("maxNorm", 1));
            case "ShortEpoch" -> shortEpoch(f);
            case "TerminateOnNaN" -> new TerminateOnNaN();
            case "EarlyStopping" -> new EarlyStopping(monitor(f), f.integer("patience", 1));
            case "ReduceLROnPlateau" ->
                new ReduceLROnPlateau(
                        monitor(f), f.integer("patience", 1), f.number("factor", 10), f.number("minLr", 0));
            default -> throw new IllegalArgumentException("There is no callback of type '" + f.text("type") + "'.");
        };
    }

    private static ShortEpoch shortEpoch(Fields f) {
        ShortEpoch both = new ShortEpoch(f.number("pct", 0.01));
        return f.flag("shortValid", true) ? both : both.trainingOnly();
    }

    /** Returns the monitor of a callback. In the scenarios, smaller values are always better. */
    private static Monitor monitor(Fields f) {
        String column = f.has("monitor") ? f.text("monitor") : "valid_loss";
        return Monitor.of(column, Direction.SMALLER_IS_BETTER).withMinDelta(f.number("minDelta", 0));
    }
}
