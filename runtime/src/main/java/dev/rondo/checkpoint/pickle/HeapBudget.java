package dev.rondo.checkpoint.pickle;

import java.math.BigInteger;

/**
 * Bounds the memory that a pickle takes, because a small one can make many objects, and can pass the same long list to many calls. What
 * is made is counted in bytes, roughly, and may take a fixed amount and a multiple of the size of the file. The entry of a tensor in a
 * file of torch.save stays below ten times its size.
 */
final class HeapBudget {
    static final int ELEMENT = 8, NUMBER = 24, TEXT = 48, CONTAINER = 64, MEMO = 80, TENSOR = 160;
    /** A dictionary's entry whose key is the text of a tuple. */
    static final int KEY = 4096;
    /** An entry of a dictionary; that of a tensor becomes a native tensor. */
    private static final int ENTRY = 128, TENSOR_ENTRY = 1024;

    private static final long FREE = 64 << 20;
    private static final int GROWTH = 50;

    private long left;

    /**
     * @param fileSize the number of bytes of the file in which the pickle is, perhaps compressed
     */
    HeapBudget(long fileSize) {
        left = FREE + GROWTH * Math.min(fileSize, Long.MAX_VALUE / GROWTH - FREE);
    }

    /** Takes memory before it is allocated. */
    void take(long bytes) throws PickleException {
        left -= bytes;
        if (left < 0) throw tooLarge();
    }

    /** Takes the memory of an entry of a dictionary, and of what it becomes where it is read. */
    void takeEntry(Object key, Object value) throws PickleException {
        int text = key instanceof String made ? made.length() : 0;
        int digits = value instanceof BigInteger number ? number.bitLength() / 3 : 0;
        take((value instanceof StoredTensor ? TENSOR_ENTRY : ENTRY) + text + digits);
    }

    static PickleException tooLarge() {
        return new PickleException("cannot be read: its pickle has too many objects.");
    }
}
