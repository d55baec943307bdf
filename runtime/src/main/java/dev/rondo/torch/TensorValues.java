package dev.rondo.torch;

import dev.rondo.annotation.WaitsForDevice;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Objects;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Copies the values of a tensor into an array, in row-major order, whatever its device, strides and gradient. Waits for the device. ({@link
 * Tensor#createBuffer()} shares the memory instead, and reads it as it lies there: a transposed tensor in another order, a tensor of another
 * type as wrong numbers.)
 */
public final class TensorValues {
    private static final int MOST = Integer.MAX_VALUE - 8; // the largest array that JVMs can allocate

    private TensorValues() {}

    /**
     * The values of a tensor of float32, float16 or bfloat16.
     *
     * @throws IllegalArgumentException if the tensor is closed, of another type, or too large for an array
     */
    @WaitsForDevice
    public static float[] floats(Tensor tensor) {
        switch (type("floats", tensor)) {
            case Float, Half, BFloat16 -> {}
            default -> throw refused("floats", "float32, float16 or bfloat16", tensor);
        }
        float[] values = new float[size(tensor)];
        if (values.length == 0) return values; // an empty tensor has no buffer
        try (DeviceWait read = DeviceWait.of("values");
                PointerScope temporary = new PointerScope()) {
            host(tensor, ScalarType.Float).<FloatBuffer>createBuffer().get(values);
        }
        return values;
    }

    /**
     * The values of a tensor of any floating type up to float64. Integers convert too; beyond 2⁵³ they are rounded.
     *
     * @throws IllegalArgumentException if the tensor is closed, of another type, or too large for an array
     */
    @WaitsForDevice
    public static double[] doubles(Tensor tensor) {
        switch (type("doubles", tensor)) {
            case Double, Float, Half, BFloat16, Byte, Char, Short, Int, Long -> {}
            default -> throw refused("doubles", "a floating or an integer type", tensor);
        }
        double[] values = new double[size(tensor)];
        if (values.length == 0) return values;
        try (DeviceWait read = DeviceWait.of("values");
                PointerScope temporary = new PointerScope()) {
            host(tensor, ScalarType.Double).<DoubleBuffer>createBuffer().get(values);
        }
        return values;
    }

    /**
     * The values of a tensor of an integer type; of bool, as 0 and 1.
     *
     * @throws IllegalArgumentException if the tensor is closed, of another type, or too large for an array
     */
    @WaitsForDevice
    public static long[] longs(Tensor tensor) {
        switch (type("longs", tensor)) {
            case Byte, Char, Short, Int, Long, Bool -> {}
            default -> throw refused("longs", "an integer type or bool", tensor);
        }
        long[] values = new long[size(tensor)];
        if (values.length == 0) return values;
        try (DeviceWait read = DeviceWait.of("values");
                PointerScope temporary = new PointerScope()) {
            host(tensor, ScalarType.Long).<LongBuffer>createBuffer().get(values);
        }
        return values;
    }

    private static ScalarType type(String method, Tensor tensor) {
        if (Objects.requireNonNull(tensor, "The tensor is null.").isNull() || !tensor.defined()) {
            throw refused(method, "a tensor with values", tensor);
        }
        return tensor.scalar_type().intern();
    }

    private static int size(Tensor tensor) {
        if (tensor.numel() <= MOST) return (int) tensor.numel();
        throw new IllegalArgumentException("An array holds at most " + MOST + " values, fewer than "
                + TensorText.of(tensor) + ": read parts of it.");
    }

    private static Tensor host(Tensor tensor, ScalarType type) {
        return tensor.detach().cpu().to(type).contiguous();
    }

    private static IllegalArgumentException refused(String method, String takes, Tensor tensor) {
        return new IllegalArgumentException(
                "TensorValues." + method + " takes " + takes + ", not " + TensorText.of(tensor) + ".");
    }
}
