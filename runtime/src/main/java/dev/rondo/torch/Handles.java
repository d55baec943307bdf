package dev.rondo.torch;

import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;

/**
 * Ownership of native tensors. What an operator returns belongs to the innermost {@link org.bytedeco.javacpp.PointerScope} of the
 * calling thread and is freed when that scope closes; a handle made here belongs to whoever asked for it.
 */
public final class Handles {
    private Handles() {}

    /** Takes a new native object out of the scope that it was made in, if any: its owner closes it. */
    public static <P extends Pointer> P own(P pointer) {
        pointer.retainReference();
        return pointer;
    }

    /**
     * A second handle to the same tensor that no scope frees: the caller owns it and calls {@link Tensor#close()}. Costs well under a
     * microsecond and copies no data; it is also safe for the non-owning views that the preset returns from its containers.
     */
    public static Tensor keep(Tensor tensor) {
        return own(new Tensor(tensor));
    }

    /** A copy of the values, without their graph. It belongs to the scope of the caller, as an operator's result does. */
    public static Tensor copy(Tensor tensor) {
        try (NoGrad off = NoGrad.enter()) {
            return tensor.clone();
        }
    }
}
