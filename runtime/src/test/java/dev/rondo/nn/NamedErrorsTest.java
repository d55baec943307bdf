package dev.rondo.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import dev.rondo.torch.TorchException;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;

/** An error of libtorch in a layer is one line, with the path of the layer. The native frames are in the cause. */
@ExtendWith(InScope.class)
class NamedErrorsTest {
    private static final class Block extends Layer {
        private final Linear head = child("head", new Linear(16, 3));

        @Override
        public Tensor forward(Tensor... inputs) {
            return head.forward(inputs);
        }
    }

    private static TorchException assertError(String message, Executable call) {
        TorchException e = assertThrows(TorchException.class, call);
        assertEquals(message, e.getMessage());
        assertSame(RuntimeException.class, e.getCause().getClass());
        return e;
    }

    @Test
    void theErrorNamesTheLayerAndItsInput() {
        Block block = new Block();
        Throwable cause = assertError(
                        "mat1 and mat2 shapes cannot be multiplied (16x9 and 16x3), in layer 'head' (Linear 16→3), input"
                                + " [16, 9] float32",
                        () -> block.forward(torch.zeros(16, 9)))
                .getCause();
        assertTrue(cause.getMessage().contains("frame #"));
    }

    @Test
    void theNameOfALayerIsItsPathInTheModel() {
        Sequential net = new Sequential(new ReLU(), new Sequential(new Block()));
        assertError(
                "mat1 and mat2 must have the same dtype, but got Double and Float, in layer '1.0.head' (Linear 16→3),"
                        + " input [1, 16] float64: convert it with to(ScalarType.Float), the type of the parameters",
                () -> net.forward(torch.zeros(1, 16).to(ScalarType.Double)));
    }

    @Test
    void theErrorOfAnEmbeddingSaysTheIndices() {
        assertError(
                "index out of range in self, in layer Embedding 3×2, input [2] int64 with indices from -1 to 7",
                () -> new Embedding(3, 2).forward(Tensors.longs(-1, 7)));
    }

    @Test
    void theErrorOfAnInitialValueSaysItsShape() {
        assertError(
                "Storage size calculation overflowed with sizes=[1099511627776, 1099511627776], for a parameter of shape"
                        + " [1099511627776, 1099511627776]",
                () -> new Linear(1L << 40, 1L << 40));
    }

    /** A registration that is refused leaves the layer as it was. */
    @Test
    void namesAndTensorsOfALayerAreChecked() {
        assertRefused(
                "A name in Open is not empty and has no dot, unlike 'a.b': dots separate the layers of a path.",
                open -> open.child("a.b", new ReLU()));
        assertRefused(
                "A name in Open is not empty and has no dot, unlike '': dots separate the layers of a path.",
                open -> open.buffer("", torch.ones(1)));
        assertRefused("'w' of Open is null.", open -> open.parameter("w", null, Parameter.Role.WEIGHT));
        assertRefused("A tensor and a layer named 'w' in Open.", open -> {
            open.parameter("w", torch.ones(1), Parameter.Role.WEIGHT);
            open.child("w", new ReLU());
        });
        assertRefused(
                "The parameter 'w' of Open is not a tensor of a floating type, but [1] int64.",
                open -> open.parameter("w", Tensors.longs(1), Parameter.Role.WEIGHT));
        assertRefused(
                "The parameter 'w' of Open is not a tensor of its own, but was computed from others: detach it.",
                open -> open.parameter(
                        "w", torch.ones(1).set_requires_grad(true).neg(), Parameter.Role.WEIGHT));
        assertRefused("The layer 'self' of Open contains it.", open -> open.child("self", open));
        assertRefused("The layer 'loop' of Open contains it.", open -> open.child("loop", new Sequential(open)));
    }

    private static final class Open extends Layer {
        @Override
        public Tensor forward(Tensor... inputs) {
            return inputs[0];
        }
    }

    private static void assertRefused(String message, Consumer<Open> call) {
        Open open = new Open();
        assertEquals(
                message,
                assertThrows(RuntimeException.class, () -> call.accept(open)).getMessage());
        assertTrue(open.children().isEmpty());
    }
}
