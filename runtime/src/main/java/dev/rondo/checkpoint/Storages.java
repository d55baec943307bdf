package dev.rondo.checkpoint;

import dev.rondo.checkpoint.pickle.FileText;
import dev.rondo.checkpoint.pickle.StoredTensor;
import dev.rondo.checkpoint.pickle.StoredTensor.Storage;
import dev.rondo.checkpoint.pickle.TorchArchive;
import dev.rondo.torch.Handles;
import dev.rondo.torch.Memory;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The storages of an archive of PyTorch, each read once, and the tensors that are views of them. */
final class Storages implements AutoCloseable {
    private static final int CHUNK = 1 << 16;

    private final TorchArchive archive;
    private final Map<String, Tensor> read = new HashMap<>(); // as bytes, by key

    Storages(TorchArchive archive) {
        this.archive = archive;
    }

    /**
     * Makes a tensor.
     *
     * @return a handle that belongs to the caller
     * @throws WeightsFileException.Problem if the tensor is not inside its storage, or the storage is not as large as it should be
     */
    Tensor tensor(String name, StoredTensor stored) throws IOException {
        ElementType type = ElementType.torchNamed(stored.dtype())
                .orElseThrow(() -> new WeightsFileException.Problem(
                        "holds " + FileText.quoted(name) + " without an element type."));
        Storage storage = stored.storage();
        long bytes = bytes(name, storage);
        if (!inside(stored, bytes / type.bytes) || type.size(stored.size()) < 0) {
            throw new WeightsFileException.Problem(
                    "is damaged: the elements of " + FileText.quoted(name) + " are not inside their storage.");
        }
        try (PointerScope temporary = new PointerScope()) {
            Tensor all = content(storage, bytes)
                    .narrow(0, 0, bytes / type.bytes * type.bytes)
                    .view(type.scalarType);
            Tensor view = all.as_strided(stored.size(), stored.stride(), new LongOptional(stored.offset()));
            if (stored.conjugate() || stored.negative()) archive.grant(type.size(stored.size())); // for a copy
            if (stored.conjugate()) view = view.conj_physical();
            if (stored.negative()) view = view.neg();
            return Handles.keep(view);
        }
    }

    /** The size of a storage. */
    private long bytes(String name, Storage storage) throws IOException {
        Tensor known = read.get(storage.key());
        long bytes = known != null ? known.nbytes() : archive.size(storage);
        int each = ElementType.torchNamed(storage.dtype()).map(t -> t.bytes).orElse(1);
        if (storage.length() < 0 || storage.length() != bytes / each || bytes % each != 0) {
            throw new WeightsFileException.Problem(
                    "is damaged: the storage of " + FileText.quoted(name) + " should have " + storage.length()
                            + " elements of " + each + " bytes, but has " + bytes + " bytes.");
        }
        return bytes;
    }

    /** Whether all elements of a tensor are inside a storage of this many elements. */
    private static boolean inside(StoredTensor t, long elements) {
        if (t.size().length != t.stride().length || t.offset() < 0 || t.offset() > elements) return false;
        long last = t.offset();
        boolean empty = false;
        try {
            for (int i = 0; i < t.size().length; i++) {
                if (t.size()[i] < 0 || t.stride()[i] < 0) return false;
                empty |= t.size()[i] == 0;
                last = Math.addExact(last, Math.multiplyExact(Math.max(t.size()[i] - 1, 0), t.stride()[i]));
            }
        } catch (ArithmeticException e) {
            return false;
        }
        return empty || last < elements;
    }

    private Tensor content(Storage storage, long bytes) throws IOException {
        Tensor known = read.get(storage.key());
        if (known != null) return known;
        Tensor content = empty(bytes);
        read.put(storage.key(), content);
        archive.read(storage, in -> fill(content, in));
        return content;
    }

    private static Tensor empty(long bytes) {
        try (TensorOptions options = new TensorOptions(ScalarType.Byte);
                MemoryFormatOptional none = new MemoryFormatOptional()) {
            return Handles.own(torch.empty(new long[] {bytes}, options, none));
        }
    }

    private static void fill(Tensor tensor, InputStream in) throws IOException {
        byte[] chunk = new byte[CHUNK];
        long size = tensor.nbytes();
        for (long done = 0; done < size; ) {
            int n = in.readNBytes(chunk, 0, (int) Math.min(CHUNK, size - done));
            if (n == 0) throw new EOFException();
            ByteBuffer to = Memory.bytes(tensor, done, n);
            to.put(chunk, 0, n);
            done += n;
        }
    }

    /** Frees the storages, as far as no tensor refers to them. */
    @Override
    public void close() {
        read.values().forEach(Tensor::close);
    }
}
