package dev.rondo;

import static java.util.Objects.requireNonNull;

import dev.rondo.spi.CallbackState;
import dev.rondo.spi.CallbackTable;
import dev.rondo.spi.StateReader;
import dev.rondo.spi.StateType;
import dev.rondo.spi.StateValues;
import dev.rondo.torch.Handles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Saves and restores the {@link dev.rondo.annotation.Checkpointed} fields of callbacks, by the names of their registrations. Saved tensors
 * are copies. Callbacks receive copies too, so a saved state does not change.
 */
final class CallbackStates {
    /** The key of the version in a callback's state; no field can have this name. */
    private static final String VERSION = "@version";

    /** The key of the state that a {@link CallbackState} saves by itself. */
    private static final String CUSTOM = "@state";

    private final Map<String, CallbackHandle> byName = new LinkedHashMap<>();

    /** @param callbacks all callbacks of the learner; those without state are left out */
    CallbackStates(List<CallbackHandle> callbacks) {
        for (CallbackHandle handle : callbacks) if (hasState(handle)) byName.put(handle.name(), handle);
    }

    Map<String, Map<String, @Nullable Object>> save() {
        Map<String, Map<String, @Nullable Object>> states = new LinkedHashMap<>();
        byName.forEach((name, handle) -> {
            CallbackTable<?> table = handle.registration.table();
            Map<String, @Nullable Object> state = new LinkedHashMap<>();
            state.put(VERSION, table.stateVersion());
            table.saveState(state);
            if (handle.callback() instanceof CallbackState custom) state.put(CUSTOM, StateValues.of(custom));
            states.put(name, copy(state));
        });
        return states;
    }

    /**
     * Checks that there is one state for each callback, and no other.
     *
     * @throws IllegalArgumentException if a callback or a state is missing
     */
    void check(Map<String, ? extends Map<String, ?>> states) {
        for (String missing : difference(byName, states)) {
            throw new IllegalArgumentException("There is no state for callback '" + missing + "', a "
                    + requireNonNull(byName.get(missing)).callback().getClass().getSimpleName()
                    + ". Resume with the callbacks that the state was saved with.");
        }
        for (String unknown : difference(states, byName)) {
            throw new IllegalArgumentException(
                    "There is state for '" + unknown
                            + "', and no callback of that name has any. Resume with the callbacks that the state was saved with.");
        }
    }

    /**
     * Restores the state of each callback. If any state does not fit, nothing changes.
     *
     * @throws IllegalArgumentException if a callback, a state or a value is missing, or a value or a version does not fit
     */
    void restore(Map<String, ? extends Map<String, ?>> states) {
        check(states);
        List<Object> copies = new ArrayList<>();
        List<Runnable> restored = new ArrayList<>();
        try {
            byName.forEach((name, handle) -> {
                Map<String, @Nullable Object> state = copy(requireNonNull(states.get(name)));
                copies.add(state);
                restored.add(read(name, handle, state));
            });
        } catch (RuntimeException e) {
            copies.forEach(StateReader::release);
            throw e;
        }
        restored.forEach(Runnable::run); // only after all were read, so that a state that does not fit changes nothing
    }

    private static boolean hasState(CallbackHandle handle) {
        return !handle.registration.table().stateVersion().isEmpty() || handle.callback() instanceof CallbackState;
    }

    private static TreeSet<String> difference(Map<String, ?> one, Map<String, ?> other) {
        TreeSet<String> names = new TreeSet<>(one.keySet());
        names.removeAll(other.keySet());
        return names;
    }

    private static Runnable read(String name, CallbackHandle handle, Map<String, @Nullable Object> state) {
        CallbackTable<?> table = handle.registration.table();
        StateReader reader = new StateReader(name, state);
        String version = reader.read(VERSION, StateType.STRING);
        if (!table.stateVersion().equals(version)) {
            throw new IllegalArgumentException(
                    "The state of callback '" + name + "' has version " + version + ", and its "
                            + handle.callback().getClass().getSimpleName() + " reads version " + table.stateVersion()
                            + ". Restore it with the version of the class that saved it.");
        }
        Runnable restored = table.restoreState(reader);
        Map<String, @Nullable Object> custom =
                handle.callback() instanceof CallbackState ? reader.nested(CUSTOM) : null;
        reader.end();
        return () -> {
            restored.run();
            if (custom != null) ((CallbackState) handle.callback()).loadState(custom);
        };
    }

    /** A copy of the state with copies of its tensors, which the caller closes. */
    private static Map<String, @Nullable Object> copy(Map<String, ?> state) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        state.forEach((name, value) -> copy.put(name, copyOf(value)));
        return copy;
    }

    private static @Nullable Object copyOf(@Nullable Object value) {
        if (value instanceof Tensor t) return Handles.own(Handles.copy(t));
        if (value instanceof List<?> list) {
            List<@Nullable Object> copies = new ArrayList<>();
            for (Object element : list) copies.add(copyOf(element));
            return copies;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> copies = new LinkedHashMap<>();
            map.forEach((k, v) -> copies.put(k, copyOf(v)));
            return copies;
        }
        return value;
    }
}
