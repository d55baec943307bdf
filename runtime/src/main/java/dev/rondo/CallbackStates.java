package dev.rondo;

import dev.rondo.spi.CallbackState;
import dev.rondo.spi.CallbackTable;
import dev.rondo.spi.StateReader;
import dev.rondo.spi.StateValues;
import dev.rondo.torch.Handles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;

/**
 * Saves and restores what callbacks mark {@link dev.rondo.annotation.Checkpointed}, by the names of their registrations. The saved
 * tensors are copies; so are those that callbacks get, which leaves a saved state as it is.
 */
final class CallbackStates {
    /** The key of the version in a callback's state; no field has such a name. */
    private static final String VERSION = "@version";

    /** The key of what a {@link CallbackState} saves by itself. */
    private static final String OWN = "@state";

    /** The key of whether the callback was there for a while only: for one fit, say. */
    private static final String FOR_A_WHILE = "@for_a_while";

    private CallbackStates() {}

    static Map<String, Map<String, Object>> save(List<CallbackHandle> callbacks) {
        Map<String, Map<String, Object>> states = new LinkedHashMap<>();
        for (CallbackHandle handle : callbacks) {
            CallbackTable<?> table = handle.registration.table();
            if (!hasState(handle)) continue;
            Map<String, Object> state = new LinkedHashMap<>();
            state.put(VERSION, table.stateVersion());
            if (handle.isForAWhile()) state.put(FOR_A_WHILE, true);
            table.saveState(state);
            if (handle.callback() instanceof CallbackState own) state.put(OWN, StateValues.of(own));
            states.put(handle.name(), copy(state));
        }
        return states;
    }

    /** Gives callbacks their states; there is one for each of them, and no other. */
    static void load(List<CallbackHandle> callbacks, Map<String, ? extends Map<String, ?>> states) {
        Map<String, CallbackHandle> byName = byName(callbacks);
        compare(byName, states);
        restore(byName, states);
    }

    /** The same outside of a fit: the states of callbacks that are there for a while only may wait for them. */
    static void loadBefore(List<CallbackHandle> callbacks, Map<String, ? extends Map<String, ?>> states) {
        Map<String, Map<String, ?>> present = new LinkedHashMap<>(states);
        present.keySet().removeAll(waiting(callbacks, states));
        load(callbacks, present);
    }

    /** The same once more in the fit: the callbacks may have become others meanwhile, but none of the states waits any longer. */
    static void loadAgain(List<CallbackHandle> callbacks, Map<String, ? extends Map<String, ?>> states) {
        for (String missing : waiting(callbacks, states)) {
            throw new IllegalArgumentException("There is state for '" + missing
                    + "', a callback that was there for one fit, and this fit has none of that name. Fit with the callbacks of the"
                    + " fit that the state was saved in, or load the state without it.");
        }
        Map<String, CallbackHandle> byName = byName(callbacks);
        byName.keySet().retainAll(states.keySet());
        restore(byName, states);
    }

    private static Set<String> waiting(List<CallbackHandle> callbacks, Map<String, ? extends Map<String, ?>> states) {
        Set<String> waiting = difference(states, byName(callbacks));
        waiting.removeIf(name -> states.get(name) == null
                || !Boolean.TRUE.equals(states.get(name).get(FOR_A_WHILE)));
        return waiting;
    }

    private static Map<String, CallbackHandle> byName(List<CallbackHandle> callbacks) {
        return callbacks.stream()
                .filter(CallbackStates::hasState)
                .collect(Collectors.toMap(CallbackHandle::name, h -> h, (a, b) -> a, LinkedHashMap::new));
    }

    private static void restore(Map<String, CallbackHandle> byName, Map<String, ? extends Map<String, ?>> states) {
        List<Object> copies = new ArrayList<>();
        List<Runnable> restored = new ArrayList<>();
        try {
            byName.forEach((name, handle) -> {
                Map<String, Object> state = copy(states.get(name));
                copies.add(state);
                restored.add(read(name, handle, state));
            });
        } catch (RuntimeException e) {
            copies.forEach(StateReader::release);
            throw e;
        }
        restored.forEach(Runnable::run); // when all have been read: a state that does not fit changes nothing
    }

    private static boolean hasState(CallbackHandle handle) {
        return !handle.registration.table().stateVersion().isEmpty() || handle.callback() instanceof CallbackState;
    }

    private static void compare(Map<String, CallbackHandle> byName, Map<String, ? extends Map<String, ?>> states) {
        for (String missing : difference(byName, states)) {
            throw new IllegalArgumentException("There is no state for callback '" + missing + "', a "
                    + byName.get(missing).callback().getClass().getSimpleName()
                    + ". Restore with the callbacks that the state was saved with.");
        }
        for (String unknown : difference(states, byName)) {
            throw new IllegalArgumentException(
                    "There is state for '" + unknown
                            + "', and no callback of that name saves any. Restore with the callbacks that the state was saved with.");
        }
    }

    private static TreeSet<String> difference(Map<String, ?> one, Map<String, ?> other) {
        TreeSet<String> names = new TreeSet<>(one.keySet());
        names.removeAll(other.keySet());
        return names;
    }

    private static Runnable read(String name, CallbackHandle handle, Map<String, Object> state) {
        CallbackTable<?> table = handle.registration.table();
        state.remove(FOR_A_WHILE);
        StateReader reader = new StateReader(name, state);
        String version = reader.value(VERSION, String.class);
        if (!table.stateVersion().equals(version)) {
            throw new IllegalArgumentException(
                    "The state of callback '" + name + "' has version " + version + ", and its "
                            + handle.callback().getClass().getSimpleName() + " reads version " + table.stateVersion()
                            + ". Restore it with the version of the class that saved it.");
        }
        Runnable restored = table.restoreState(reader);
        Map<String, Object> own = handle.callback() instanceof CallbackState ? reader.nested(OWN) : null;
        reader.end();
        return () -> {
            restored.run();
            if (own != null) ((CallbackState) handle.callback()).loadState(own);
        };
    }

    /** The same with copies of tensors, which the caller closes. */
    static Map<String, Object> copy(Map<String, ?> state) {
        Map<String, Object> copy = new LinkedHashMap<>();
        state.forEach((name, value) -> copy.put(name, copyOf(value)));
        return copy;
    }

    private static Object copyOf(Object value) {
        UnaryOperator<Object> copy = CallbackStates::copyOf;
        if (value instanceof Tensor t) return Handles.own(Handles.copy(t));
        if (value instanceof List<?> list)
            return new ArrayList<>(list.stream().map(copy).toList());
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copies = new LinkedHashMap<>();
            map.forEach((k, v) -> copies.put(k, copyOf(v)));
            return copies;
        }
        return value;
    }
}
