package dev.rondo.checkpoint;

import com.sun.management.ThreadMXBean;
import dev.rondo.torch.Memory;
import dev.rondo.torch.Torch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * Reads the files of weights whose paths come from the standard input. Prints a line for each: {@code ok}, a digest of what is in it and
 * the bytes of heap that reading took; or {@code refused} and the sentence. {@code compare_with_reference.py} runs it. Anything but a
 * {@link WeightsFileException} ends it.
 */
final class ReadFiles {
    /** A tensor with more elements is not hashed: it repeats a few of them. */
    private static final long HUGE = 10_000_000;

    private ReadFiles() {}

    public static void main(String[] args) throws Exception {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Torch.start();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String path = in.readLine(); path != null; path = in.readLine()) {
            long before = thread.getCurrentThreadAllocatedBytes();
            String line;
            try (PointerScope memory = new PointerScope();
                    NamedTensors read = WeightsFile.read(Path.of(path))) {
                long heap = thread.getCurrentThreadAllocatedBytes() - before;
                line = "ok " + digest(read, path.endsWith(".safetensors")) + " " + heap;
            } catch (WeightsFileException e) {
                line = "refused " + e.getMessage().replace(path, "FILE");
                if (line.lines().count() != 1) throw new IllegalStateException(path + " is refused with several lines");
            }
            System.out.println(line);
            System.out.flush();
        }
    }

    /** As the function of the same name in the script. */
    static String digest(NamedTensors read, boolean withMetadata) throws NoSuchAlgorithmException, IOException {
        MessageDigest sum = MessageDigest.getInstance("SHA-256");
        if (withMetadata) new TreeMap<>(read.metadata()).forEach((key, value) -> text(sum, key + "=" + value));
        for (Map.Entry<String, Tensor> e : new TreeMap<>(read.tensors()).entrySet()) {
            Tensor t = e.getValue();
            text(sum, e.getKey());
            text(sum, ElementType.name(t.scalar_type()));
            ByteBuffer shape = ByteBuffer.allocate(Long.BYTES * (int) t.dim()).order(ByteOrder.LITTLE_ENDIAN);
            for (long d : t.shape()) shape.putLong(d);
            sum.update(shape.flip());
            if (t.numel() > HUGE) continue;
            Tensor plain = t.contiguous();
            sum.update(Memory.bytes(plain, 0, (int) plain.nbytes()));
        }
        return HexFormat.of().formatHex(sum.digest());
    }

    private static void text(MessageDigest sum, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        sum.update(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(bytes.length)
                .flip());
        sum.update(bytes);
    }
}
