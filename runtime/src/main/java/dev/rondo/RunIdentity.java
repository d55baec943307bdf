package dev.rondo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a run trains, as texts by their names: the settings of the program, the data, the callbacks. A run goes on from a checkpoint only if
 * all are as they were.
 *
 * @param parts the texts by the kind of part and their names
 */
record RunIdentity(Map<String, Map<String, String>> parts) {
    private static final String FIT = "fit",
            TRAIN = "training data",
            VALID = "validation data",
            CALLBACKS = "callbacks";
    private static final String SETTINGS = "settings";

    /** Callbacks that show or save the training, and change nothing in it. */
    private static final Set<String> BESIDE =
            Set.of(ProgressCallback.class.getName(), "dev.rondo.callback.Checkpoints");

    /** The identity of a learner's run. */
    static RunIdentity of(Learner learner, int epochs) {
        Map<String, Map<String, String>> parts = new LinkedHashMap<>();
        parts.put(SETTINGS, learner.settings());
        parts.put(FIT, Map.of("number of epochs", Integer.toString(epochs)));
        parts.put(TRAIN, learner.dataLoaders().train().settings());
        parts.put(VALID, learner.dataLoaders().valid().settings());
        Map<String, String> callbacks = new LinkedHashMap<>();
        for (CallbackHandle handle : learner.callbacks()) {
            String type = handle.callback().getClass().getName();
            if (!isBeside(type)) callbacks.put(handle.name(), type);
        }
        parts.put(CALLBACKS, callbacks);
        return new RunIdentity(parts);
    }

    /** Whether callbacks of this class may be others than in the run that goes on. */
    static boolean isBeside(String type) {
        return BESIDE.contains(type);
    }

    static RunIdentity of(SavedMap saved) {
        Map<String, Map<String, String>> parts = new LinkedHashMap<>();
        for (String part : List.of(SETTINGS, FIT, TRAIN, VALID, CALLBACKS)) parts.put(part, saved.texts(part));
        return new RunIdentity(parts);
    }

    Map<String, Object> save() {
        return new LinkedHashMap<>(parts);
    }

    /** What differs in the present run, a phrase each. */
    List<String> differences(RunIdentity now) {
        List<String> differences = new ArrayList<>();
        parts.forEach((part, then) -> {
            Map<String, String> other = now.parts.getOrDefault(part, Map.of());
            Set<String> names = new LinkedHashSet<>(then.keySet());
            names.addAll(other.keySet());
            for (String name : names) {
                String before = then.get(name), after = other.get(name);
                if (before == null || !before.equals(after)) differences.add(difference(part, name, before, after));
            }
        });
        return differences;
    }

    private static String difference(String part, String name, @Nullable String before, @Nullable String after) {
        if (part.equals(CALLBACKS)) {
            if (after == null) return "the callback '" + name + "' (" + before + ") is missing";
            if (before == null) return "the callback '" + name + "' (" + after + ") is new";
            return "the callback '" + name + "' was a " + before + " and is a " + after;
        }
        String what =
                switch (part) {
                    case SETTINGS -> "the setting '" + name + "'";
                    case FIT -> "the " + name;
                    default -> "the " + name + " of the " + part;
                };
        return what + " was " + (before == null ? "not set" : before) + " and is "
                + (after == null ? "not set" : after);
    }
}
