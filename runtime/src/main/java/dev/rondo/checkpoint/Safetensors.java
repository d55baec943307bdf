package dev.rondo.checkpoint;

import dev.rondo.check.Argument;
import dev.rondo.checkpoint.pickle.FileText;
import dev.rondo.torch.Handles;
import dev.rondo.torch.Memory;
import dev.rondo.torch.NoGrad;
import dev.rondo.torch.Torch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * Reads and writes safetensors files: the length of the header (eight bytes), the header as JSON with names, element types, shapes and
 * offsets, and the bytes of the tensors. Reading executes no code, and the header is checked before memory is allocated.
 *
 * <p>All element types of the format are written and read that libtorch has: bool, integers of 8 to 64 bits with and without sign,
 * float16, bfloat16, float32, float64, complex64, the five kinds of float8, and float4, of which an element of libtorch holds two. The
 * types of six bits ({@code F6_E2M3}, {@code F6_E3M2}) are refused.
 *
 * <p>Apart from these, what the reference implementation (version 0.8) loads for PyTorch is read, and what it refuses is refused. Four
 * things are refused that it loads:
 *
 * <ul>
 *   <li>a name twice in an object, which the format forbids. The reference takes the last one, other readers the first;
 *   <li>the entry of a tensor as a list of its three values, in the place of an object, which the format does not have;
 *   <li>an element type as an object, {@code {"F32":null}}, which the format does not have either;
 *   <li>a tensor without elements whose other lengths lead to a stride beyond 63 bits. libtorch cannot make it; the reference gets
 *       one with strides that have overflowed.
 * </ul>
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
public final class Safetensors {
    /** The largest header that the reference implementation reads. */
    private static final int MAX_HEADER = 100_000_000;

    private static final int CHUNK = 1 << 26;

    private Safetensors() {}

    /**
     * Writes tensors to a file and replaces an existing one atomically. Creates the folder if it does not exist. Tensors are ordered by
     * element type and then by name, as in the reference implementation.
     *
     * @param tensors the tensors by name, on any device
     * @param metadata additional texts
     * @throws IllegalArgumentException if the format does not have the name or type of a tensor, or the header is above 100 MB
     */
    public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) throws IOException {
        Argument.given("file", file);
        Argument.given("metadata", metadata);
        AtomicFile.write(file, content(Argument.given("tensors", tensors), metadata, MAX_HEADER));
    }

    /**
     * The bytes of a file with these tensors, which are checked here and read when the bytes are written.
     *
     * @param maxHeader the largest header in bytes that whoever reads the file allows
     */
    static Disk.Content content(Map<String, Tensor> tensors, Map<String, String> metadata, int maxHeader)
            throws IOException {
        Header header = new Header(layOut(tensors), metadata);
        header.metadata().forEach((key, text) -> {
            unicode("The metadata key ", key);
            unicode("The metadata text ", text);
        });
        byte[] json = header.json();
        if (json.length > maxHeader) {
            throw new IllegalArgumentException(tensors.size() + " tensors are too many for one file: their names and"
                    + " shapes take " + json.length + " bytes, and at most " + maxHeader + " are read.");
        }
        return channel -> {
            ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            Disk.writeAll(channel, length.putLong(json.length).flip());
            Disk.writeAll(channel, ByteBuffer.wrap(json));
            for (Header.Entry entry : header.entries()) {
                writeBytes(channel, Objects.requireNonNull(tensors.get(entry.name())));
            }
        };
    }

    private static List<Header.Entry> layOut(Map<String, Tensor> tensors) {
        record Typed(String name, ElementType type, Tensor tensor) {}
        List<Typed> sorted = new ArrayList<>();
        tensors.forEach((name, tensor) -> sorted.add(new Typed(name, type(name, tensor), tensor)));
        sorted.sort(Comparator.comparing(Typed::type).thenComparing(Typed::name));
        List<Header.Entry> entries = new ArrayList<>();
        long begin = 0;
        for (Typed t : sorted) {
            long end = begin + t.tensor().nbytes();
            entries.add(new Header.Entry(t.name(), t.type(), t.tensor().shape(), begin, end));
            begin = end;
        }
        return entries;
    }

    private static ElementType type(String name, Tensor tensor) {
        if (name.equals(Header.METADATA)) {
            throw new IllegalArgumentException("No tensor can be named '" + name + "' in a safetensors file.");
        }
        unicode("The name ", name);
        if (Argument.given(name, tensor).isNull()) {
            throw new IllegalArgumentException("The tensor '" + name + "' is closed, so it cannot be written.");
        }
        return ElementType.written(tensor.scalar_type())
                .filter(type -> type.toFile(tensor.shape()) != null)
                .orElseThrow(() -> new IllegalArgumentException("The tensor '" + name + "' has elements of type "
                        + ElementType.name(tensor.scalar_type()) + ", which a safetensors file cannot hold."));
    }

    private static void unicode(String what, String text) {
        if (!HeaderJson.isWellFormed(text)) {
            throw new IllegalArgumentException(what + FileText.quoted(text)
                    + " has half of a surrogate pair, which a safetensors file cannot hold.");
        }
    }

    private static void writeBytes(WritableByteChannel channel, Tensor tensor) throws IOException {
        try (NoGrad off = NoGrad.enter();
                PointerScope temporary = new PointerScope()) {
            Tensor plain = tensor.detach().cpu().contiguous();
            long size = plain.nbytes();
            for (long done = 0; done < size; done += CHUNK) {
                Disk.writeAll(channel, Memory.bytes(plain, done, (int) Math.min(CHUNK, size - done)));
            }
        }
    }

    /**
     * Reads a whole file. The caller closes the result.
     *
     * @throws WeightsFileException if it is not a valid file
     */
    public static NamedTensors read(Path file) throws IOException {
        FileKind.of(file).require(file, FileKind.SAFETENSORS);
        Torch.start();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            Header header = header(file, channel, MAX_HEADER);
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            NamedTensors result = new NamedTensors(
                    Collections.unmodifiableMap(tensors), Collections.unmodifiableMap(header.metadata()));
            try {
                for (Header.Entry entry : header.entries()) {
                    Tensor tensor = empty(entry);
                    tensors.put(entry.name(), tensor);
                    readBytes(file, channel, tensor);
                }
            } catch (Throwable t) {
                result.close();
                throw t;
            }
            return result;
        }
    }

    /** Checks everything but the values of the tensors. */
    static void checkHeader(Path file, int maxHeader) throws IOException {
        FileKind.of(file).require(file, FileKind.SAFETENSORS);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            header(file, channel, maxHeader);
        }
    }

    private static Header header(Path file, FileChannel channel, int maxHeader) throws IOException {
        long size = channel.size();
        ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        readAll(file, channel, length);
        long n = length.flip().getLong();
        if (n < 0 || n > size - Long.BYTES || n > maxHeader) {
            throw new WeightsFileException(
                    file,
                    "is damaged, or not a safetensors file: its header should have " + n + " bytes, but the file has "
                            + size + ".");
        }
        byte[] json = new byte[(int) n];
        readAll(file, channel, ByteBuffer.wrap(json));
        Header header = Header.parse(file, json);
        long data = size - Long.BYTES - n;
        if (data != header.dataSize()) {
            throw new WeightsFileException(
                    file,
                    (data < header.dataSize() ? "is cut short: " : "is damaged: ") + "its header says "
                            + header.dataSize() + " bytes of data, but there are " + data + ".");
        }
        return header;
    }

    private static Tensor empty(Header.Entry entry) {
        try (TensorOptions options = new TensorOptions(entry.type().scalarType);
                MemoryFormatOptional none = new MemoryFormatOptional()) {
            return Handles.own(torch.empty(entry.shape(), options, none));
        }
    }

    private static void readBytes(Path file, FileChannel channel, Tensor tensor) throws IOException {
        long size = tensor.nbytes();
        for (long done = 0; done < size; done += CHUNK) {
            readAll(file, channel, Memory.bytes(tensor, done, (int) Math.min(CHUNK, size - done)));
        }
    }

    private static void readAll(Path file, FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) throw new WeightsFileException(file, "became shorter while it was read.");
        }
    }
}
