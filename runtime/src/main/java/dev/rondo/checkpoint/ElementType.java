package dev.rondo.checkpoint;

import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/** The element types of files, under the names of the safetensors format and of PyTorch. */
enum ElementType {
    // in the order of the reference implementation, which writes tensors with long elements first
    U64("uint64", ScalarType.UInt64, 8, Kind.UNSIGNED),
    I64("int64", ScalarType.Long, 8, Kind.INTEGER),
    F64("float64", ScalarType.Double, 8, Kind.FLOATING),
    C64("complex64", ScalarType.ComplexFloat, 8, Kind.COMPLEX),
    F32("float32", ScalarType.Float, 4, Kind.FLOATING),
    U32("uint32", ScalarType.UInt32, 4, Kind.UNSIGNED),
    I32("int32", ScalarType.Int, 4, Kind.INTEGER),
    BF16("bfloat16", ScalarType.BFloat16, 2, Kind.FLOATING),
    F16("float16", ScalarType.Half, 2, Kind.FLOATING),
    U16("uint16", ScalarType.UInt16, 2, Kind.UNSIGNED),
    I16("int16", ScalarType.Short, 2, Kind.INTEGER),
    F8_E5M2FNUZ("float8_e5m2fnuz", ScalarType.Float8_e5m2fnuz, 1, Kind.FLOATING),
    F8_E4M3FNUZ("float8_e4m3fnuz", ScalarType.Float8_e4m3fnuz, 1, Kind.FLOATING),
    F8_E8M0("float8_e8m0fnu", ScalarType.Float8_e8m0fnu, 1, Kind.FLOATING),
    F8_E4M3("float8_e4m3fn", ScalarType.Float8_e4m3fn, 1, Kind.FLOATING),
    F8_E5M2("float8_e5m2", ScalarType.Float8_e5m2, 1, Kind.FLOATING),
    I8("int8", ScalarType.Char, 1, Kind.INTEGER),
    U8("uint8", ScalarType.Byte, 1, Kind.UNSIGNED),
    /** Half a byte. An element of libtorch has two of them, neighbours in the last dimension, and libtorch cannot compute with it. */
    F4("float4_e2m1fn_x2", ScalarType.Float4_e2m1fn_x2, 1, Kind.PACKED),
    BOOL("bool", ScalarType.Bool, 1, Kind.BOOLEAN),
    /** Not in the safetensors format, as {@link #C32}. */
    C128("complex128", ScalarType.ComplexDouble, 16, Kind.COMPLEX),
    C32("complex32", ScalarType.ComplexHalf, 4, Kind.COMPLEX);

    private enum Kind {
        FLOATING,
        COMPLEX,
        INTEGER,
        UNSIGNED,
        PACKED,
        BOOLEAN
    }

    /** PyTorch's name. */
    final String torchName;

    final ScalarType scalarType;
    /** The number of bytes of an element of libtorch. */
    final int bytes;

    private final Kind kind;

    ElementType(String torchName, ScalarType scalarType, int bytes, Kind kind) {
        this.torchName = torchName;
        this.scalarType = scalarType;
        this.bytes = bytes;
        this.kind = kind;
    }

    private boolean inSafetensors() {
        return this != C128 && this != C32;
    }

    static Optional<ElementType> of(ScalarType type) {
        ScalarType interned = type.intern();
        return Arrays.stream(values()).filter(t -> t.scalarType == interned).findFirst();
    }

    /** The type that can be written to a safetensors file. */
    static Optional<ElementType> written(ScalarType type) {
        return of(type).filter(ElementType::inSafetensors);
    }

    /** The type of a safetensors file. */
    static Optional<ElementType> named(String name) {
        return Arrays.stream(values())
                .filter(t -> t.inSafetensors() && t.name().equals(name))
                .findFirst();
    }

    static Optional<ElementType> torchNamed(String name) {
        return Arrays.stream(values()).filter(t -> t.torchName.equals(name)).findFirst();
    }

    /** The name of a type for messages. */
    static String name(ScalarType type) {
        return of(type).map(t -> t.torchName).orElse(type.intern().toString());
    }

    /**
     * Whether values can become those of another type without losing their meaning: between floating types, between complex ones, and
     * from an integer type to one that has all its values. PyTorch converts integers to floating types too; but a quantized weight is an
     * integer that needs a scale, and would be wrong without it.
     */
    boolean fits(ElementType to) {
        if (this == to) return true;
        return switch (kind) {
            case FLOATING, COMPLEX -> to.kind == kind;
            case INTEGER -> to.kind == Kind.INTEGER && to.bytes > bytes;
            case UNSIGNED -> (to.kind == Kind.INTEGER || to.kind == Kind.UNSIGNED) && to.bytes > bytes;
            case PACKED, BOOLEAN -> false;
        };
    }

    /** The shape of a tensor in a safetensors file, from that in libtorch. Only {@link #F4} differs; without dimensions, null. */
    long @Nullable [] toFile(long[] shape) {
        if (this != F4) return shape;
        if (shape.length == 0) return null;
        long[] longer = shape.clone();
        longer[shape.length - 1] *= 2;
        return longer;
    }

    /** The shape of a tensor in libtorch, from that in a safetensors file; null if its rows do not fill whole bytes. */
    long @Nullable [] fromFile(long[] shape) {
        if (this != F4) return shape;
        if (shape.length == 0 || shape[shape.length - 1] % 2 != 0) return null;
        long[] shorter = shape.clone();
        shorter[shape.length - 1] /= 2;
        return shorter;
    }

    /**
     * The number of bytes of a contiguous tensor. −1 if a tensor cannot have this shape: the product of the lengths, from the first to
     * the last, may not pass 64 bits, as the reference implementation says, nor a stride 63 bits, as libtorch says. This matters for
     * tensors without elements only, whose other lengths no file bounds.
     *
     * @param shape non-negative lengths in libtorch
     */
    long size(long[] shape) {
        long product = 1;
        for (long d : shape) {
            long above = Math.multiplyHigh(product, d) + (product < 0 ? d : 0); // of the unsigned product
            if (above != 0) return -1;
            product *= d;
        }
        try {
            long stride = 1;
            for (int i = shape.length - 1; i > 0; i--) stride = Math.multiplyExact(stride, Math.max(shape[i], 1));
            return product < 0 ? -1 : Math.multiplyExact(product, bytes);
        } catch (ArithmeticException e) {
            return -1;
        }
    }
}
