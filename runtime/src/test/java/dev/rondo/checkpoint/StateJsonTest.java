package dev.rondo.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that are written as JSON and read again. */
@ExtendWith(InScope.class)
class StateJsonTest {
    private static Map<String, Object> again(Map<String, ?> state) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        byte[] json = StateJson.write(state, tensors);
        return StateJsonReader.read(new ByteArrayInputStream(json), tensors);
    }

    static Stream<Object> values() {
        return Stream.of(
                true,
                false,
                0,
                -1,
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                0.0,
                -0.0,
                0.1,
                1e300,
                Double.MIN_VALUE,
                Double.MAX_VALUE,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                3.0,
                0.1f,
                -0f,
                Float.MIN_VALUE,
                Float.NaN,
                Float.NEGATIVE_INFINITY,
                "",
                "line\n\"quoted\" \u0000 ü \ud83d\ude00 \ufeff",
                "half a pair: \ud83d",
                List.of(),
                List.of(List.of(1, "2"), List.of()),
                Map.of(),
                Map.of("", 1),
                Map.of("Aa", 1, "BB", 2), // equal hash codes
                Map.of("half \ud83d", 1));
    }

    @ParameterizedTest
    @MethodSource("values")
    void valuesAreReadAsTheyWere(Object value) throws IOException {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("value", value);
        state.put("list", Arrays.asList(value, null, value));
        state.put("map", Collections.singletonMap("a", value));
        CheckpointContents.assertSame("state", state, again(state));
    }

    /** What looks like the mark of a tensor or of a number is a map of the user, at any depth. */
    @ParameterizedTest
    @ValueSource(strings = {"$tensor", "$float", "$double", "$map", "$", "$$map"})
    void marksInMapsAreNotTakenForMarks(String key) throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(key, "0/a");
        map.put("b", Map.of(key, Map.of(key, 1.5f)));
        CheckpointContents.assertSame("map", map, again(map));
        CheckpointContents.assertSame("state", Map.of("s", map), again(Map.of("s", map)));
    }

    @Test
    void tensorsAreKeptAtTheirPlaces() throws IOException {
        Tensor twice = Tensors.floats(1, Double.NaN);
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("list", List.of(twice, twice, Tensors.longs(3)));
        state.put("a/b", Map.of("ü".repeat(300), Tensors.count(2, 3).t()));
        Map<String, Object> read = again(state);
        CheckpointContents.assertSame("state", state, read);
    }

    @Test
    void narrowNumbersAndConstantsBecomeWhatJsonHas() throws IOException {
        assertEquals(
                Map.of("b", 1, "s", -2, "e", "MONDAY", "m", Map.of("TUESDAY", 1)),
                again(Map.of(
                        "b", (byte) 1, "s", (short) -2, "e", DayOfWeek.MONDAY, "m", Map.of(DayOfWeek.TUESDAY, 1))));
    }

    private static void assertRefused(Map<String, ?> state, String sentence) {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> StateJson.write(state, new LinkedHashMap<>()))
                .getMessage();
        assertEquals(sentence, message.substring(0, Math.min(message.length(), sentence.length())));
    }

    @Test
    void whatCannotBeWrittenIsNamed() {
        assertRefused(
                Map.of("callbacks", Map.of("x", List.of(1, Instant.EPOCH))),
                "The state of a checkpoint cannot hold a java.time.Instant, as in 'callbacks/x/1': its values are");
        assertRefused(Map.of("m", Collections.singletonMap(null, 1)), "The map 'm' in the state has the key null.");
        assertRefused(Map.of("m", Map.of("1", 1, 1, 1)), "The map 'm' in the state has two keys '1'.");
        List<Object> circle = new ArrayList<>();
        circle.add(circle);
        assertRefused(Map.of("c", circle), "The state of a checkpoint is too large or nested too deeply: ");
        assertRefused(
                Map.of("x".repeat((1 << 16) + 1), 1), "The state of a checkpoint is too large or nested too deeply: ");
        assertRefused(
                Map.of("t", "x".repeat((1 << 22) + 1)),
                "The state of a checkpoint is too large or nested too deeply: ");
        assertRefused(
                Map.of("t", Collections.nCopies(9, "x".repeat(1 << 22))),
                "The state of a checkpoint takes at most 33554432 bytes as JSON, not ");
        assertRefused(
                Map.of("n", Collections.nCopies(1 << 21, 1)),
                "The state of a checkpoint is too large or nested too deeply: ");
    }

    static Stream<Arguments> wrongTexts() {
        return Stream.of(
                Arguments.of("", "is not a JSON object"),
                Arguments.of("[]", "is not a JSON object"),
                Arguments.of("\ufeff{}", "is not a JSON object"),
                Arguments.of("{", "is not valid JSON"),
                Arguments.of("{}{}", "has text after the JSON object"),
                Arguments.of("{} x", "is not valid JSON"),
                Arguments.of("{\"a\":1,\"a\":1}", "is not valid JSON (Duplicate field 'a')"),
                Arguments.of("{\"a\":NaN}", "is not valid JSON"),
                Arguments.of("{\"a\":01}", "is not valid JSON"),
                Arguments.of("{\"a\":1e999}", "has a number that no double holds"),
                Arguments.of("{\"a\":9223372036854775808}", "is not valid JSON"),
                Arguments.of("{\"a\":" + "9".repeat(2000) + "}", "is not valid JSON"),
                Arguments.of("{\"a\":/**/1}", "is not valid JSON"),
                Arguments.of("{\"$a\":1}", "has a value '$a' that cannot be read"),
                Arguments.of("{\"$float\":\"1\"}", "holds no values by name"),
                Arguments.of("{\"a\":{\"$float\":1}}", "has a value '$float' that cannot be read"),
                Arguments.of("{\"a\":{\"$float\":\"x\"}}", "has a value '$float' that cannot be read"),
                Arguments.of("{\"a\":{\"$double\":\"1\",\"b\":1}}", "has a value '$double' that cannot be read"),
                Arguments.of("{\"a\":{\"b\":1,\"$double\":\"1\"}}", "has a value '$double' that cannot be read"),
                Arguments.of("{\"a\":{\"$map\":[]}}", "has a value '$map' that cannot be read"),
                Arguments.of("{\"a\":{\"$tensor\":\"1\"}}", "refers to the tensor '1', which is not there"),
                Arguments.of("{\"a\":" + "[".repeat(100_000), "is not valid JSON"),
                Arguments.of("{\"a\":" + "{\"$map\":".repeat(100_000), "is not valid JSON"));
    }

    @ParameterizedTest
    @MethodSource("wrongTexts")
    void otherTextsAreRefused(String text, String problem) {
        assertRefused(text.getBytes(StandardCharsets.UTF_8), problem);
    }

    @Test
    void otherEncodingsAreRefused() {
        assertRefused("{\"a\":\"ü\"}".getBytes(StandardCharsets.ISO_8859_1), "is not valid UTF-8");
        assertRefused("{}".getBytes(StandardCharsets.UTF_16LE), "is not valid JSON");
    }

    private static void assertRefused(byte[] text, String problem) {
        String message = assertThrows(
                        CheckpointException.Problem.class,
                        () -> StateJsonReader.read(new ByteArrayInputStream(text), Map.of()))
                .getMessage();
        assertEquals(problem, message.substring(0, Math.min(message.length(), problem.length())));
        assertEquals(1, message.lines().count());
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void eachTensorIsMentionedOnce() {
        Map<String, Tensor> one = Map.of("0/a", Tensors.floats(1));
        assertEquals(
                "does not mention the tensor '0/a'",
                assertThrows(IOException.class, () -> StateJsonReader.read(stream("{}"), one))
                        .getMessage());
        String twice = "{\"a\":{\"$tensor\":\"0/a\"},\"b\":{\"$tensor\":\"0/a\"}}";
        assertEquals(
                "refers to the tensor '0/a', which is not there",
                assertThrows(IOException.class, () -> StateJsonReader.read(stream(twice), one))
                        .getMessage());
    }
}
