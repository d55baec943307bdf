package dev.rondo.checkpoint.pickle;

/** Python's {@code None}. */
public enum None {
    NONE;

    @Override
    public String toString() {
        return "None";
    }
}
