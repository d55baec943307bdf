package dev.rondo.checkpoint.pickle;

/**
 * A tensor as a pickle describes it: a view of a storage. Nothing has been checked but that the numbers are integers.
 *
 * @param dtype the name of the element type in PyTorch, such as {@code float32}
 * @param offset the first element, in elements
 * @param size the lengths of the dimensions
 * @param stride the distances between neighbours in each dimension, in elements
 * @param conjugate whether the values are those of the storage conjugated
 * @param negative whether the values are those of the storage negated
 */
public record StoredTensor(
        Storage storage, String dtype, long offset, long[] size, long[] stride, boolean conjugate, boolean negative) {

    /**
     * The bytes of one or more tensors.
     *
     * @param key the name of its entry in the archive
     * @param dtype the element type, or {@link #BYTES}
     * @param length the number of elements
     */
    public record Storage(String key, String dtype, long length) {
        /** The type of a storage of bytes without an element type. */
        public static final String BYTES = "bytes";
    }
}
