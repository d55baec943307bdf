package dev.rondo.checkpoint.pickle;

import dev.rondo.checkpoint.pickle.StoredTensor.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * An archive of {@code torch.save}: a zip file with one folder, in which {@code data.pkl} is a pickle, {@code data/<key>} are the bytes of
 * the storages, and {@code byteorder} is the order of the bytes in a number.
 *
 * @see <a href="https://docs.pytorch.org/docs/2.10/notes/serialization.html#serialized-file-format-for-torch-save">PyTorch, the format</a>
 */
public final class TorchArchive implements AutoCloseable {
    private static final String PICKLE = "/data.pkl";
    /** Compressed entries may grow this much, so that a small file cannot fill the memory. */
    private static final long MAX_GROWTH = 100;

    /** Takes the bytes of a storage. */
    public interface Sink {
        void write(InputStream in) throws IOException;
    }

    private final ZipArchive zip;
    private final String folder;
    private long granted;

    private TorchArchive(ZipArchive zip) throws IOException {
        this.zip = zip;
        folder = folder(zip.names());
        String order = folder + "byteorder";
        if (zip.names().contains(order) && !text(order).equals("little")) {
            throw new PickleException("was written on a big-endian machine, with its bytes in the order "
                    + FileText.quoted(text(order)) + ". Load it with PyTorch and save it on a usual machine.");
        }
    }

    /**
     * Opens a zip file.
     *
     * @throws PickleException if it is not one of torch.save
     */
    public static TorchArchive open(Path file) throws IOException {
        ZipArchive zip = new ZipArchive(file);
        try {
            return new TorchArchive(zip);
        } catch (Throwable t) {
            zip.close();
            throw t;
        }
    }

    private String text(String entry) throws IOException {
        return new String(zip.read(entry, 64), StandardCharsets.US_ASCII);
    }

    private static String folder(Set<String> names) throws PickleException {
        if (names.stream().anyMatch(name -> name.endsWith("/constants.pkl"))) {
            throw new PickleException("is a TorchScript program. Rondo reads weights only:"
                    + " torch.save(torch.jit.load(file).state_dict(), 'weights.pt') in PyTorch.");
        }
        List<String> pickles = names.stream().filter(n -> n.endsWith(PICKLE)).toList();
        if (pickles.size() == 1)
            return pickles.get(0).substring(0, pickles.get(0).length() - PICKLE.length() + 1);
        throw new PickleException(otherArchive(names));
    }

    private static String otherArchive(Set<String> names) {
        if (!names.isEmpty() && names.stream().allMatch(name -> name.endsWith(".npy"))) {
            return "is an archive of NumPy arrays (.npz). Convert it in Python:"
                    + " safetensors.numpy.save_file(dict(numpy.load(file)), 'weights.safetensors').";
        }
        if (names.contains("model.weights.h5")) {
            return "is a model of Keras. Rondo does not read it. Save its weights as a safetensors file.";
        }
        return "is a zip archive, but torch.save did not write it: it has no entry data.pkl in one folder.";
    }

    /**
     * What was saved: maps, lists, text, numbers and the like, see {@link Unpickler}, and {@link StoredTensor}. It may contain itself.
     *
     * @throws PickleException if it has other objects, or is damaged
     */
    public Object contents() throws IOException {
        return Unpickler.read(zip.read(folder + "data.pkl", Unpickler.MAX_BYTES), new HeapBudget(zip.fileSize()));
    }

    /**
     * The number of bytes of a storage. Each call counts as a request for this memory: all together must not exceed the size of the file,
     * or a multiple of it if the archive is compressed.
     */
    public long size(Storage storage) throws IOException {
        long size = zip.size(entry(storage));
        grant(size);
        return size;
    }

    /** Counts a request for memory, as {@link #size} does. */
    public void grant(long size) throws PickleException {
        granted += Math.min(size, Long.MAX_VALUE - granted);
        if (granted / MAX_GROWTH > zip.fileSize()) {
            throw new PickleException(
                    "cannot be read: its tensors have more than " + MAX_GROWTH + " times as many bytes as the file.");
        }
    }

    /** Reads the bytes of a storage. */
    public void read(Storage storage, Sink sink) throws IOException {
        zip.read(entry(storage), sink::write);
    }

    private String entry(Storage storage) {
        return folder + "data/" + storage.key();
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
