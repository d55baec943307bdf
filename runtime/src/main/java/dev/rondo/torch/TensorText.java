package dev.rondo.torch;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/** Tensors in messages: shape, type in PyTorch's words and, if it is not the CPU, device: {@code [16, 9] float32}. */
public final class TensorText {
    private TensorText() {}

    /** Describes a tensor; also one that is null, closed or undefined. */
    public static String of(@Nullable Tensor tensor) {
        if (tensor == null) return "null";
        if (tensor.isNull()) return "a closed tensor";
        if (!tensor.defined()) return "an undefined tensor";
        String text = Arrays.toString(tensor.shape()) + " " + type(tensor.scalar_type());
        if (tensor.is_cpu()) return text;
        try (Device device = tensor.device()) {
            return text + " on " + Devices.name(device);
        }
    }

    /** Describes tensors, separated by commas. */
    public static String of(Collection<? extends @Nullable Tensor> tensors) {
        return tensors.stream().map(TensorText::of).collect(Collectors.joining(", "));
    }

    /** A type in PyTorch's words: {@code float32}. */
    public static String type(ScalarType type) {
        return switch (type.intern()) {
            case Byte -> "uint8";
            case Char -> "int8";
            case Short -> "int16";
            case Int -> "int32";
            case Long -> "int64";
            case Half -> "float16";
            case Float -> "float32";
            case Double -> "float64";
            default -> type.intern().name().toLowerCase(Locale.ROOT);
        };
    }
}
