package dev.rondo.checkpoint;

import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The element types of the format that libtorch has too, under the format's names. */
enum ElementType {
    F64(ScalarType.Double, 8),
    F32(ScalarType.Float, 4),
    F16(ScalarType.Half, 2),
    BF16(ScalarType.BFloat16, 2),
    I64(ScalarType.Long, 8),
    I32(ScalarType.Int, 4),
    I16(ScalarType.Short, 2),
    I8(ScalarType.Char, 1),
    U64(ScalarType.UInt64, 8),
    U32(ScalarType.UInt32, 4),
    U16(ScalarType.UInt16, 2),
    U8(ScalarType.Byte, 1),
    BOOL(ScalarType.Bool, 1);

    final ScalarType scalarType;
    final int bytes;

    ElementType(ScalarType scalarType, int bytes) {
        this.scalarType = scalarType;
        this.bytes = bytes;
    }

    static Optional<ElementType> of(ScalarType type) {
        ScalarType interned = type.intern();
        return Arrays.stream(values()).filter(t -> t.scalarType == interned).findFirst();
    }

    static Optional<ElementType> named(String name) {
        return Arrays.stream(values()).filter(t -> t.name().equals(name)).findFirst();
    }
}
