package dev.rondo;

import dev.rondo.event.Phase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Saves and restores the registrations of a learner's callbacks, their switches, order and sequence, which handlers can change. */
final class Switches {
    private Switches() {}

    static List<Map<String, Object>> of(List<CallbackHandle> callbacks) {
        return callbacks.stream().map(Switches::of).toList();
    }

    private static Map<String, Object> of(CallbackHandle handle) {
        Map<String, Object> saved = new LinkedHashMap<>();
        saved.put("name", handle.name());
        saved.put("class", handle.callback().getClass().getName());
        saved.put("on", handle.run());
        for (Phase phase : Phase.values()) saved.put(key(phase), handle.runsIn(phase));
        saved.put("order", handle.order());
        return saved;
    }

    private static String key(Phase phase) {
        return phase == Phase.TRAIN ? "in training" : "in validation";
    }

    /**
     * Removes the callbacks that handlers had removed.
     *
     * @throws IllegalArgumentException if one is missing that a handler had registered
     */
    static void restoreRegistrations(List<SavedMap> saved, Learner learner) {
        Map<String, String> then = new LinkedHashMap<>(); // the classes by the names
        for (SavedMap each : saved) then.put(each.text("name"), each.text("class"));
        for (CallbackHandle handle : learner.callbacks()) {
            if (then.remove(handle.name()) == null
                    && !RunIdentity.isBeside(handle.callback().getClass().getName())) learner.remove(handle);
        }
        then.values().removeIf(RunIdentity::isBeside);
        then.forEach((name, type) -> {
            throw new IllegalArgumentException("a handler had registered the callback '" + name + "' (" + type
                    + "); register it before the fit, or in each before event");
        });
    }

    /** Changes only what differs: a plan gives up its calls when a callback is switched or moved. Skips callbacks that are not here. */
    static void restore(List<SavedMap> saved, List<CallbackHandle> callbacks) {
        Map<String, CallbackHandle> byName =
                callbacks.stream().collect(Collectors.toMap(CallbackHandle::name, Function.identity()));
        List<CallbackHandle> sequence = new ArrayList<>();
        for (SavedMap each : saved) {
            CallbackHandle handle = byName.get(each.text("name"));
            if (handle == null) continue;
            sequence.add(handle);
            restore(each, handle);
        }
        if (callbacks.stream().filter(sequence::contains).toList().equals(sequence)) return;
        sequence.forEach(CallbackHandle::moveToEnd);
    }

    private static void restore(SavedMap saved, CallbackHandle handle) {
        if (handle.run() != saved.flag("on")) handle.run(saved.flag("on"));
        for (Phase phase : Phase.values()) {
            boolean runs = saved.flag(key(phase));
            if (handle.runsIn(phase) != runs) handle.runsIn(phase, runs);
        }
        double order = saved.decimal("order");
        if (handle.order() != order) handle.order(order);
    }
}
