package dev.rondo.examples.conformance;

import dev.rondo.CallbackHandle;
import dev.rondo.event.Phase;

/**
 * A callback of a scenario, scripted or built in. Its switches and its order belong to this object: they survive a removal and apply again
 * when the callback is added again. A switch that is not set has the value that the callback's class declares.
 */
final class ScenarioCallback {
    private final String name;
    private final Object instance;
    private Double order;
    private Boolean run;
    private Boolean runTrain;
    private Boolean runValid;
    private CallbackHandle handle;

    ScenarioCallback(Fields description, Object instance) {
        this.instance = instance;
        name = description.text("name");
        if (description.has("order")) order = description.number("order", 0);
        if (description.has("run")) run = description.flag("run", true);
        if (description.has("runTrain")) runTrain = description.flag("runTrain", true);
        if (description.has("runValid")) runValid = description.flag("runValid", true);
    }

    String name() {
        return name;
    }

    Object instance() {
        return instance;
    }

    /** Returns the registration, or null if the callback has never been registered. */
    CallbackHandle handle() {
        return handle;
    }

    /** Sets the registration and applies the switches and the order of this object to it. */
    void registered(CallbackHandle newHandle) {
        if (handle != null) run = handle.run(); // the end of a fit may have switched it on
        handle = newHandle;
        if (order != null) newHandle.order(order);
        if (run != null) newHandle.run(run);
        if (runTrain != null) newHandle.runsIn(Phase.TRAIN, runTrain);
        if (runValid != null) newHandle.runsIn(Phase.VALID, runValid);
    }

    void setRun(boolean run) {
        this.run = run;
        if (handle != null) handle.run(run);
    }

    void setRuns(Phase phase, boolean runs) {
        if (phase == Phase.TRAIN) runTrain = runs;
        else runValid = runs;
        if (handle != null) handle.runsIn(phase, runs);
    }

    void setOrder(double order) {
        this.order = order;
        if (handle != null) handle.order(order);
    }
}
