package dev.rondo.checkpoint.pickle;

import java.math.BigInteger;
import java.util.List;
import java.util.StringJoiner;

/** The keys of dictionaries. Only plain values are keys, whose hash codes are cheap and do not lead through other objects. */
final class Keys {
    private static final int LONGEST_TUPLE = 16, LONGEST_TEXT = 256;

    private Keys() {}

    /** A value as a key. A tuple becomes text. */
    static Object of(Object value) throws PickleException {
        if (!(value instanceof List<?> tuple)) return plain(value);
        if (tuple.size() > LONGEST_TUPLE) throw refused();
        StringJoiner text = new StringJoiner(", ", "(", ")");
        for (Object element : tuple) {
            String part = plain(element).toString();
            if (part.length() > LONGEST_TEXT) throw refused();
            text.add(part);
        }
        return text.toString();
    }

    private static Object plain(Object value) throws PickleException {
        if (value instanceof String
                || value instanceof Long
                || value instanceof Double
                || value instanceof Boolean
                || value instanceof BigInteger
                || value instanceof Globals.Dtype
                || value == None.NONE) return value;
        throw refused();
    }

    private static PickleException refused() {
        return new PickleException("contains a dictionary with a key that is neither text nor a number.");
    }
}
