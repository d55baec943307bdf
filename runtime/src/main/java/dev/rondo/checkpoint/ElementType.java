package dev.rondo.checkpoint;

import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The element types of files, under the names of the safetensors format and of PyTorch. */
enum ElementType {
    F64("float64", ScalarType.Double, 8, Kind.FLOATING),
    F32("float32", ScalarType.Float, 4, Kind.FLOATING),
    F16("float16", ScalarType.Half, 2, Kind.FLOATING),
    BF16("bfloat16", ScalarType.BFloat16, 2, Kind.FLOATING),
    F8_E4M3("float8_e4m3fn", ScalarType.Float8_e4m3fn, 1, Kind.FLOATING),
    F8_E5M2("float8_e5m2", ScalarType.Float8_e5m2, 1, Kind.FLOATING),
    F8_E8M0("float8_e8m0fnu", ScalarType.Float8_e8m0fnu, 1, Kind.FLOATING),
    F8_E4M3FNUZ("float8_e4m3fnuz", ScalarType.Float8_e4m3fnuz, 1, Kind.FLOATING),
    F8_E5M2FNUZ("float8_e5m2fnuz", ScalarType.Float8_e5m2fnuz, 1, Kind.FLOATING),
    /** Not in the safetensors format, as {@link #C32}. */
    C128("complex128", ScalarType.ComplexDouble, 16, Kind.COMPLEX),
    C64("complex64", ScalarType.ComplexFloat, 8, Kind.COMPLEX),
    C32("complex32", ScalarType.ComplexHalf, 4, Kind.COMPLEX),
    I64("int64", ScalarType.Long, 8, Kind.INTEGER),
    I32("int32", ScalarType.Int, 4, Kind.INTEGER),
    I16("int16", ScalarType.Short, 2, Kind.INTEGER),
    I8("int8", ScalarType.Char, 1, Kind.INTEGER),
    U64("uint64", ScalarType.UInt64, 8, Kind.UNSIGNED),
    U32("uint32", ScalarType.UInt32, 4, Kind.UNSIGNED),
    U16("uint16", ScalarType.UInt16, 2, Kind.UNSIGNED),
    U8("uint8", ScalarType.Byte, 1, Kind.UNSIGNED),
    BOOL("bool", ScalarType.Bool, 1, Kind.BOOLEAN);

    private enum Kind {
        FLOATING,
        COMPLEX,
        INTEGER,
        UNSIGNED,
        BOOLEAN
    }

    /** PyTorch's name. */
    final String torchName;

    final ScalarType scalarType;
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
            case BOOLEAN -> false;
        };
    }

    /**
     * The number of bytes of a contiguous tensor; −1 if it, or the distance between two elements, exceeds a long.
     *
     * @param shape non-negative lengths
     */
    long size(long[] shape) {
        long size = bytes;
        boolean empty = false;
        try {
            for (long d : shape) {
                size = Math.multiplyExact(size, Math.max(d, 1));
                empty |= d == 0;
            }
        } catch (ArithmeticException e) {
            return -1;
        }
        return empty ? 0 : size;
    }
}
