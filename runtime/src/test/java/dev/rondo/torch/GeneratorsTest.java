package dev.rondo.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.nn.Dropout;
import dev.rondo.nn.Embedding;
import dev.rondo.nn.GRU;
import dev.rondo.nn.LSTM;
import dev.rondo.nn.Layer;
import dev.rondo.nn.Linear;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What layers draw from generators of a scope. */
@ExtendWith(InScope.class)
class GeneratorsTest {
    private static float[] drawn() {
        return Tensors.values(new Dropout(.5).forward(torch.ones(40)));
    }

    private static float[] here(long seed) {
        try (Generators.Scope scope = Generators.seedHere(seed)) {
            return drawn();
        }
    }

    /** Layers whose weights and outputs are drawn. */
    static Supplier<?>[] layers() {
        return new Supplier<?>[] {
            () -> new Linear(4, 3),
            () -> new Embedding(4, 3),
            () -> new Dropout(.3),
            () -> new LSTM(4, 3, 3, .4),
            () -> GRU.bidirectional(4, 3, 2, .4)
        };
    }

    /** A scope is not only repeatable: it gives what libtorch's own operators draw from its default generators with that seed. */
    @ParameterizedTest
    @MethodSource("layers")
    void aScopeDrawsTheSameAsTheDefaultGeneratorWithThatSeed(Supplier<Layer> layer) {
        Torch.seed(5);
        float[] expected = outputAndGradient(layer.get());
        float[] actual;
        try (Generators.Scope scope = Generators.seedHere(5)) {
            actual = outputAndGradient(layer.get());
        }
        assertArrayEquals(expected, actual);
    }

    private static float[] outputAndGradient(Layer layer) {
        Tensor x = layer instanceof Embedding
                ? Tensors.longs(0, 3, 2)
                : Tensors.count(2, 5, 4).set_requires_grad(true);
        Tensor y = layer.forward(x);
        y.square().sum().backward();
        float[] out = Tensors.values(y);
        Tensor of = layer instanceof Embedding ? layer.parameters().get(0).tensor() : x;
        float[] gradient = Tensors.values(of.grad());
        float[] both = Arrays.copyOf(out, out.length + gradient.length);
        System.arraycopy(gradient, 0, both, out.length, gradient.length);
        return both;
    }

    @Test
    void scopesAreNested_andTheDefaultGeneratorDoesNotNotice() {
        float[] plain = drawn();
        Torch.seed(1);
        try (Generators.Scope outer = Generators.seedHere(2)) {
            float[] first = drawn();
            assertArrayEquals(here(3), here(3));
            float[] second = drawn();
            assertFalse(Arrays.equals(first, second));
            Torch.seed(9); // another generator
            try (Generators.Scope again = Generators.seedHere(2)) {
                assertArrayEquals(first, drawn());
                assertArrayEquals(second, drawn());
            }
        }
        assertFalse(Generators.areInUse());
        Torch.seed(1);
        assertArrayEquals(plain, drawn());
    }

    @Test
    void scopesMayEndInAnyOrder() {
        Generators.Scope first = Generators.seedHere(1), second = Generators.seedHere(2);
        first.close();
        assertTrue(Generators.areInUse());
        drawn();
        second.close();
        second.close();
        assertFalse(Generators.areInUse());
    }

    @Test
    void otherThreadsAreNotInTheScope() {
        try (Generators.Scope scope = Generators.seedHere(1)) {
            assertFalse(CompletableFuture.supplyAsync(Generators::areInUse).join());
        }
    }

    @Test
    void copiesContinue_andNoticeALaterSeed() {
        try (Generators copies = Generators.copyOfCurrent()) {
            float[] expected = drawn();
            try (Generators.Scope scope = copies.use()) {
                assertArrayEquals(expected, drawn());
            }
            assertFalse(copies.isOutdated());
            try (Generators.Scope scope = Generators.seedHere(3)) {
                assertTrue(copies.isOutdated());
            }
            assertFalse(copies.isOutdated());
            Torch.seed(1);
            assertTrue(copies.isOutdated());
        }
    }

    @Test
    void theStateOfGeneratorsIsRestored() {
        try (Generators own = Generators.seeded(4);
                RandomState state = RandomState.of(own, Devices.cpu());
                Generators.Scope scope = own.use()) {
            float[] first = drawn();
            float random = torch.rand(1).item_float();
            state.restore();
            assertArrayEquals(first, drawn());
            assertEquals(random, torch.rand(1).item_float());
            assertNotEquals(random, torch.rand(1).item_float());
        }
    }

    @Test
    void aScopeLeavesNoHandle() throws InterruptedException {
        here(1);
        long before = Tensors.handles();
        for (int i = 0; i < 20; i++) Generators.seedHere(i).close();
        assertTrue(Pointer.totalCount() <= before);
    }
}
