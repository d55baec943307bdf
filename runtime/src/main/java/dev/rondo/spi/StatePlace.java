package dev.rondo.spi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A place in a saved state, for messages.
 *
 * @param owner the name of the callback's registration
 * @param path {@code point.x}, {@code history[2]}; empty for the state as a whole
 */
record StatePlace(String owner, String path) {
    private static final int LONGEST = 60;

    /** A value by name. */
    StatePlace member(String name) {
        return new StatePlace(owner, path.isEmpty() ? name : path + "." + name);
    }

    /** An element by its index or key. */
    StatePlace element(Object key) {
        return new StatePlace(owner, path + "[" + key + "]");
    }

    List<?> list(Object saved) {
        if (saved instanceof List<?> list) return list;
        throw isNot(saved, "list");
    }

    Map<String, @Nullable Object> map(Object saved) {
        if (!(saved instanceof Map<?, ?> map)) throw isNot(saved, "map");
        Map<String, @Nullable Object> byText = new LinkedHashMap<>();
        map.forEach((key, value) -> byText.put(String.valueOf(key), value));
        return byText;
    }

    /** Says that a value does not have the expected type. */
    StateException isNot(Object value, String type) {
        String text = String.valueOf(value);
        if (text.length() > LONGEST) text = text.substring(0, LONGEST) + "…";
        return fault("is " + text + " (" + value.getClass().getSimpleName() + "), not " + withArticle(type));
    }

    StateException fault(String what) {
        return new StateException("In the state of callback '" + owner + "', '" + path + "' " + what + ".");
    }

    /** Says that a value is missing, or that the callback does not know it. */
    StateException otherVersion(String what) {
        return new StateException("The state of callback '" + owner + "' has " + what
                + ". Restore it with the version of the class that saved it.");
    }

    static String withArticle(String type) {
        return ("AEIOaeio".indexOf(type.charAt(0)) >= 0 ? "an " : "a ") + type;
    }

    /** A failure with a complete message. */
    static final class StateException extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        StateException(String message) {
            super(message);
        }
    }
}
