package dev.rondo.torch;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Tensors for tests, their values, and the number of native handles. */
public final class Tensors {
    private Tensors() {}

    public static Tensor floats(double... values) {
        float[] narrow = new float[values.length];
        for (int i = 0; i < values.length; i++) narrow[i] = (float) values[i];
        return torch.tensor(narrow);
    }

    public static Tensor longs(long... values) {
        return torch.tensor(values);
    }

    /** 0, 1, 2, … as float32. */
    public static Tensor count(long... shape) {
        long n = 1;
        for (long side : shape) n *= side;
        return torch.arange(new Scalar((double) n)).to(ScalarType.Float).reshape(shape);
    }

    /** The values of a tensor of any type and device, in row-major order. */
    public static float[] values(Tensor t) {
        try (PointerScope temporary = new PointerScope()) {
            FloatBuffer host =
                    t.detach().cpu().to(ScalarType.Float).contiguous().createBuffer();
            float[] values = new float[host.remaining()];
            host.get(values);
            return values;
        }
    }

    /** The number of open native handles, after garbage collection. */
    public static long handles() throws InterruptedException {
        long before;
        int quiet = 0;
        do {
            before = Pointer.totalCount();
            System.gc();
            Thread.sleep(20); // a thread of JavaCPP frees them
            quiet = Pointer.totalCount() == before ? quiet + 1 : 0;
        } while (quiet < 2);
        return before;
    }

    /** Asserts that no count is above the one before. It may be below: the garbage collector frees handles of other tests. */
    public static void assertNoMoreHandles(List<Long> counts) {
        for (int i = 1; i < counts.size(); i++) assertTrue(counts.get(i) <= counts.get(i - 1), counts::toString);
    }
}
