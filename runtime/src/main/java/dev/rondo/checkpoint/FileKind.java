package dev.rondo.checkpoint;

import dev.rondo.check.Argument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Predicate;

/** The format of a file, recognized by its first bytes. For a format that Rondo does not read: how to convert it. */
enum FileKind {
    // first, because the length at its beginning can look like anything
    SAFETENSORS(FileKind::isSafetensors, "is a safetensors file. Read it with WeightsFile or Safetensors."),
    /** Among others, the format of torch.save. */
    ZIP(
            starts("PK\3\4").or(starts("PK\5\6")),
            "is a zip archive, as torch.save writes it. Read it with WeightsFile or TorchFile."),
    EMPTY(head -> head.length == 0, "is empty. Copy or download it again."),
    LEGACY_TORCH(
            starts("\u0080\2\u008a\n\u006c\u00fc\u009c\u0046\u00f9\u0020\u006a\u00a8\u0050\u0019"),
            "has the format of PyTorch before 1.6. Convert it in PyTorch: torch.save(torch.load(file), 'weights.pt')."),
    PICKLE(
            head -> head.length > 1 && head[0] == (byte) 0x80 && head[1] >= 2 && head[1] <= 5,
            "is a pickle of Python, but torch.save did not write it. Save the tensors with torch.save or as a"
                    + " safetensors file."),
    TAR(
            head -> text(head, 257, 5).equals("ustar"),
            "is a tar archive. Unpack it; if it is one of PyTorch before 0.4, load it there and save it with torch.save."),
    HDF5(
            starts("\u0089HDF\r\n\u001a\n"),
            "is an HDF5 file, as Keras writes it. Convert it in Python: read its arrays with h5py and save them with"
                    + " safetensors.numpy.save_file."),
    NUMPY(
            starts("\u0093NUMPY"),
            "is an array of NumPy (.npy). Convert it in Python: safetensors.numpy.save_file({'weight': numpy.load(file)},"
                    + " 'weights.safetensors')."),
    GGUF(
            starts("GGUF").or(starts("lmgg")).or(starts("tjgg")).or(starts("fmgg")),
            "is a model of llama.cpp (GGUF). Use the safetensors files from which it was made."),
    GIT_LFS(
            starts("version https://git-lfs"),
            "is a pointer of Git LFS, not the file itself. Get the file with 'git lfs pull'."),
    WEB_PAGE(
            head -> beginning(head).startsWith("<!doctype html")
                    || beginning(head).startsWith("<html"),
            "is a web page: the download got a page instead of the file. Download it again, perhaps after signing in."),
    XML(
            head -> beginning(head).startsWith("<?xml"),
            "is XML, perhaps the error of a server instead of the file. Look into it, and download the file again."),
    JSON(
            head -> beginning(head).startsWith("{"),
            "is JSON text, not weights. If it is the index of a model in several files, load the files that it names,"
                    + " each with partial() of the LoadOptions."),
    COMPRESSED(
            starts("\u001f\u008b")
                    .or(starts("BZh"))
                    .or(starts("\u00fd7zXZ"))
                    .or(starts("\u0028\u00b5\u002f\u00fd"))
                    .or(starts("7z\u00bc\u00af")),
            "is a compressed file (gzip, bzip2, xz, zstd or 7z). Unpack it first."),
    TFLITE(
            head -> text(head, 4, 4).equals("TFL3"),
            "is a model of TensorFlow Lite. Rondo does not read it. Save the weights of the original model as a"
                    + " safetensors file."),
    ONNX(
            FileKind::isOnnx,
            "is an ONNX model. Convert its weights in Python: read model.graph.initializer with"
                    + " onnx.numpy_helper.to_array and save them with safetensors.numpy.save_file."),
    UNKNOWN(head -> true, "is neither a safetensors file nor one of torch.save") {
        @Override
        String problem(byte[] head) {
            byte[] first = Arrays.copyOf(head, Math.min(head.length, 8));
            return super.problem(head) + ": it begins with the bytes "
                    + HexFormat.ofDelimiter(" ").formatHex(first) + ".";
        }
    };

    /** How much of a file is looked at. */
    private static final int HEAD = 512;

    private final Predicate<byte[]> test;
    private final String problem;

    FileKind(Predicate<byte[]> test, String problem) {
        this.test = test;
        this.problem = problem;
    }

    static FileKind of(Path file) throws IOException {
        if (Files.isDirectory(Argument.given("file", file))) {
            throw new WeightsFileException(file, "is a folder. Name the file in it that has the weights.");
        }
        byte[] head = head(file);
        return Arrays.stream(values())
                .filter(kind -> kind.test.test(head))
                .findFirst()
                .orElseThrow();
    }

    /** Throws if this is not the expected kind: what it is instead. */
    void require(Path file, FileKind expected) throws IOException {
        if (this != expected) throw new WeightsFileException(file, problem(head(file)));
    }

    String problem(byte[] head) {
        return problem;
    }

    private static byte[] head(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(HEAD);
        }
    }

    private static Predicate<byte[]> starts(String prefix) {
        return head -> text(head, 0, prefix.length()).equals(prefix);
    }

    /** A part of the bytes, each as one character. */
    private static String text(byte[] head, int offset, int length) {
        int end = Math.min(head.length, offset + length);
        return offset >= end ? "" : new String(head, offset, end - offset, StandardCharsets.ISO_8859_1);
    }

    /** The bytes as text in lower case, without a byte order mark and spaces before it. */
    private static String beginning(byte[] head) {
        String text = text(head, 0, head.length);
        return (text.startsWith("\u00ef\u00bb\u00bf") ? text.substring(3) : text)
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    /** The length of the header, below 4 GiB, and a JSON object, perhaps after a mark or spaces that make it wrong. */
    private static boolean isSafetensors(byte[] head) {
        if (head.length < 9) return false;
        long length = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong();
        String json = beginning(Arrays.copyOfRange(head, 8, head.length));
        return length >>> 32 == 0 && (json.startsWith("{") || (json.isEmpty() && head.length == HEAD));
    }

    /** A message of Protocol Buffers: the version of the format, then the name of the producer, the domain or the like. */
    private static boolean isOnnx(byte[] head) {
        return head.length > 3
                && head[0] == 8
                && head[1] > 0
                && head[1] < 32
                && (head[2] == 0x12 || head[2] == 0x3a || head[2] == 0x42);
    }
}
