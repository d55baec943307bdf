package dev.rondo.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.nn.Dropout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** States of random generators that go through a file. */
@ExtendWith(InScope.class)
class RandomStateTest {
    private static final Device CPU = Devices.cpu();
    private final Generators own = Generators.seeded(4);

    @AfterEach
    void close() {
        own.close();
        Torch.seed(0);
    }

    /** What layers draw, and operators of which some keep a second normal number in store. */
    private static float[] drawn(Generators own, Device device) {
        Tensor like = torch.ones(7).to(device, ScalarType.Float);
        try (Generators.Scope scope = own.use()) {
            return Tensors.values(torch.cat(new TensorVector(
                    new Dropout(.5).forward(like),
                    torch.rand_like(like),
                    torch.randn_like(like),
                    torch.randn(1).to(device, ScalarType.Float),
                    torch.randperm(7).to(device, ScalarType.Float))));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 400})
    void otherGeneratorsGoOnWithTheSameNumbers(int drawn) {
        goOn(drawn, CPU);
    }

    @Test
    @Tag("gpu")
    void onCuda() {
        goOn(3, Devices.parse("cuda"));
    }

    private void goOn(int drawn, Device device) {
        for (int i = 0; i < drawn; i++) drawn(own, device);
        torch.randn(1); // the next one is in store
        Map<String, Tensor> states = RandomState.save(own, device);
        float[] next = drawn(own, device), afterNext = drawn(own, device);
        Torch.seed(99);
        try (Generators other = Generators.seeded(1)) {
            RandomState.load(states, other, device);
            assertArrayEquals(next, drawn(other, device));
            assertArrayEquals(afterNext, drawn(other, device));
        }
        assertTrue(states.keySet().containsAll(Set.of("default.cpu", "own.cpu")), states::toString);
        states.values().forEach(Tensor::close);
    }

    @Test
    void aNormalNumberInStoreIsPartOfTheState() {
        for (boolean one : new boolean[] {true, false}) {
            Torch.seed(3);
            if (one) torch.randn(1);
            Map<String, Tensor> states = RandomState.save(own, CPU);
            float expected = torch.randn(1).item_float();
            torch.randn(2);
            RandomState.load(states, own, CPU);
            assertEquals(expected, torch.randn(1).item_float());
        }
    }

    @Test
    void savingLeavesNoHandle() {
        RandomState.save(own, CPU).values().forEach(Tensor::close);
        long before = Pointer.totalCount();
        Map<String, Tensor> states = RandomState.save(own, CPU);
        assertEquals(before + 2, Pointer.totalCount());
        RandomState.load(states, own, CPU);
        states.values().forEach(Tensor::close);
        assertTrue(Pointer.totalCount() <= before);
    }

    private String refused(Map<String, Tensor> states) {
        float[] expected = nextOfDefault();
        String message = assertThrows(IllegalArgumentException.class, () -> RandomState.load(states, own, CPU))
                .getMessage();
        assertArrayEquals(expected, nextOfDefault()); // nothing has changed
        return message;
    }

    private static float[] nextOfDefault() {
        Generator copy = torch.getDefaultCPUGenerator().clone();
        return Tensors.values(copy.get_state());
    }

    private Map<String, Tensor> with(String name, Tensor state) {
        torch.rand(5); // so that a load of the rest would change something
        Map<String, Tensor> states = new LinkedHashMap<>(RandomState.save(own, CPU));
        torch.rand(5);
        states.put(name, state);
        return states;
    }

    private Map<String, Tensor> changed(Consumer<ByteBuffer> change) {
        Map<String, Tensor> states = with("x", null);
        states.remove("x");
        change.accept(states.get("own.cpu").<ByteBuffer>createBuffer().order(ByteOrder.nativeOrder()));
        return states;
    }

    private String damaged(Consumer<ByteBuffer> change) {
        String message = refused(changed(change)),
                start = "The saved state of the random generator 'own.cpu' is damaged: ";
        assertTrue(message.startsWith(start), message);
        return message.substring(start.length());
    }

    /** libtorch checks the two numbers of the position alone, and would read behind its 624 words. */
    @Test
    void aDamagedStateIsRefused() {
        String position = "the position of its next number is impossible.";
        assertEquals(position, damaged(b -> b.putInt(8, 624).putLong(16, 624)));
        assertEquals(position, damaged(b -> b.putInt(8, 624).putLong(16, 2)));
        assertEquals(position, damaged(b -> b.putInt(8, 0)));
        assertEquals(position, damaged(b -> b.putInt(8, -1)));
        assertEquals(position, damaged(b -> b.putLong(16, (1L << 32) + b.getLong(16))));
        assertEquals("it has no seed.", damaged(b -> b.putInt(12, 0)));
        assertEquals("its word 1 has more than 32 bits.", damaged(b -> b.putLong(32, -1)));
        assertEquals("it has neither a normal number in store nor none.", damaged(b -> b.putInt(5040, 2)));
        assertEquals("it has neither a normal number in store nor none.", damaged(b -> b.put(5052, (byte) -1)));
        assertEquals(
                "the normal number that it has in store is not finite.", damaged(b -> b.putDouble(5024, Double.NaN)));
    }

    @Test
    void whatIsNoStateOfAGeneratorIsRefused() {
        String bytes =
                "The saved state of the random generator 'own.cpu' is damaged: it has 5056 bytes, a contiguous vector of uint8"
                        + " on the CPU, not ";
        Tensor state = RandomState.save(own, CPU).get("own.cpu");
        assertEquals(bytes + "null.", refused(with("own.cpu", null)));
        assertEquals(bytes + "an undefined tensor.", refused(with("own.cpu", new Tensor())));
        assertEquals(bytes + "[5055] uint8.", refused(with("own.cpu", state.narrow(0, 0, 5055))));
        assertEquals(bytes + "[1, 5056] uint8.", refused(with("own.cpu", state.unsqueeze(0))));
        assertEquals(bytes + "[5056] int8.", refused(with("own.cpu", state.to(ScalarType.Char))));
        assertEquals(
                bytes + "[5056] uint8.",
                refused(with("own.cpu", state.narrow(0, 0, 1).expand(5056))));
        assertEquals(
                "A random generator is named like 'own.cpu' or 'default.cuda:0', not 'own.mps'.",
                refused(with("own.mps", state)));
        assertEquals(
                "The saved state of the random generator 'own.cuda:0' is damaged: its offset 5 is not a multiple of 4 from 0.",
                refused(with(
                        "own.cuda:0",
                        torch.tensor(new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0})
                                .to(ScalarType.Byte))));
        assertEquals(
                "The saved states of random generators have none for 'default.cpu', only for [own.cpu].",
                refused(Map.of("own.cpu", state)));
    }

    /** Each state that is not refused is one from which numbers can be drawn. */
    @Test
    void randomDamageIsRefusedOrHarmless() {
        Random random = new Random(6);
        int refused = 0;
        for (int i = 0; i < 500; i++) {
            int at = random.nextInt(4) == 0 ? 8 + random.nextInt(16) : random.nextInt(5056);
            byte value = (byte) random.nextInt();
            try {
                RandomState.load(changed(b -> b.put(at, value)), own, CPU);
            } catch (IllegalArgumentException e) {
                refused++;
            }
            for (float number : drawn(own, CPU)) assertTrue(Float.isFinite(number));
        }
        assertTrue(refused > 100 && refused < 475, "refused " + refused);
    }
}
