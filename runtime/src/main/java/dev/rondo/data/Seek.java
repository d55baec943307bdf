package dev.rondo.data;

import org.bytedeco.javacpp.PointerScope;

/** Passes that begin in the middle of an epoch. */
final class Seek {
    private Seek() {}

    /**
     * Returns the index of a batch with which a pass begins.
     *
     * @param first 0 to the number of batches, with which the pass is at its end
     * @throws IllegalArgumentException if it is not
     */
    static int check(DataLoader loader, int first) {
        int size = loader.size();
        if (first >= 0 && first <= size) return first;
        throw new IllegalArgumentException("A pass over " + size + (size == 1 ? " batch" : " batches")
                + " begins with batch 0 to " + size + ", not " + first + ".");
    }

    /** Opens a pass and reads the batches before the first one. */
    static DataLoader.Pass byReading(DataLoader loader, long epoch, int first) {
        if (first < 0) check(loader, first); // size() may say too little
        DataLoader.Pass pass = loader.open(epoch);
        try {
            for (int i = 0; i < first; i++) skip(pass, i, loader, first);
            return pass;
        } catch (Throwable e) {
            pass.close();
            throw e;
        }
    }

    private static void skip(DataLoader.Pass pass, int index, DataLoader loader, int first) {
        try (PointerScope batch = new PointerScope()) {
            if (pass.next() != null) return;
        }
        check(loader, first);
        throw new IllegalStateException(
                "The pass ended before batch " + index + ", but its loader has " + loader.size() + " batches.");
    }
}
