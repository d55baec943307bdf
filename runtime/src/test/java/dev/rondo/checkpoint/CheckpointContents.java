package dev.rondo.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rondo.torch.Memory;
import dev.rondo.torch.Tensors;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Contents of checkpoints for tests. */
final class CheckpointContents {
    private CheckpointContents() {}

    /** A small checkpoint, with tensors in the model and in the state. */
    static CheckpointContent small(int step) {
        Map<String, Map<String, Tensor>> tensors = new LinkedHashMap<>();
        tensors.put("model", Map.of("weight", Tensors.floats(step, 2, 3)));
        tensors.put("optimizer", Map.of());
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("step", step);
        state.put("ema", List.of(Tensors.longs(step)));
        return new CheckpointContent(tensors, state);
    }

    static int step(CheckpointContent content) {
        return (Integer) content.state().get("step");
    }

    static void assertSame(CheckpointContent expected, CheckpointContent actual) {
        assertSame("tensors", expected.tensors(), actual.tensors());
        assertSame("state", expected.state(), actual.state());
    }

    /** Equal bit for bit; whole numbers are equal if their values are. */
    static void assertSame(String place, Object expected, Object actual) {
        if (expected instanceof Tensor tensor) {
            Tensor other = (Tensor) actual;
            assertEquals(tensor.scalar_type().intern(), other.scalar_type().intern(), place);
            assertArrayEquals(tensor.shape(), other.shape(), place);
            assertArrayEquals(bytes(tensor), bytes(other), place);
        } else if (expected instanceof Map<?, ?> map) {
            assertEquals(List.copyOf(map.keySet()), List.copyOf(((Map<?, ?>) actual).keySet()), place);
            map.forEach((key, value) -> assertSame(place + "/" + key, value, ((Map<?, ?>) actual).get(key)));
        } else if (expected instanceof List<?> list) {
            assertEquals(list.size(), ((List<?>) actual).size(), place);
            for (int i = 0; i < list.size(); i++) assertSame(place + "/" + i, list.get(i), ((List<?>) actual).get(i));
        } else if (expected instanceof Long || expected instanceof Integer) {
            assertEquals(((Number) expected).longValue(), ((Number) actual).longValue(), place);
        } else {
            assertEquals(expected, actual, place); // floating numbers by their bits
        }
    }

    private static byte[] bytes(Tensor tensor) {
        Tensor plain = tensor.detach().contiguous();
        ByteBuffer bytes = Memory.bytes(plain, 0, (int) plain.nbytes());
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }
}
