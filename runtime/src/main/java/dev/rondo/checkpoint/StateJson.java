package dev.rondo.checkpoint;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.rondo.checkpoint.pickle.FileText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as JSON, which {@link StateJsonReader} reads. What JSON does not have is an object with one name that begins with $:
 *
 * <ul>
 *   <li>{@code {"$tensor":"3/ema/0"}}: a tensor, by its name in a file of tensors,
 *   <li>{@code {"$float":"0.1"}}: a number of 32 bits,
 *   <li>{@code {"$double":"NaN"}}: a number that is not finite,
 *   <li>{@code {"$doubles":"3/schedule/lr"}}: a long list of such numbers, by the name of a tensor,
 *   <li>{@code {"$map":{…}}}: a map in which a key begins with $.
 * </ul>
 */
final class StateJson {
    static final String TENSOR = "$tensor";
    static final String FLOAT = "$float";
    static final String DOUBLE = "$double";
    static final String DOUBLES = "$doubles";
    static final String MAP = "$map";

    private static final int LONGEST_NAME = 200;
    private static final int LONG_LIST = 64;

    private final Map<String, Tensor> tensors;
    private final Deque<Object> path = new ArrayDeque<>(); // keys and indices

    private StateJson(Map<String, Tensor> tensors) {
        this.tensors = tensors;
    }

    /**
     * Writes values.
     *
     * @param tensors gets the tensors among them, by the names that the JSON has for them, and tensors of long lists, which belong to the
     *     caller's native scope
     * @throws IllegalArgumentException if a value cannot be written, or if there is more than can be read again
     */
    static byte[] write(Map<String, ? extends @Nullable Object> state, Map<String, Tensor> tensors) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json =
                JsonFormat.FACTORY.createGenerator(new OutputStreamWriter(bytes, StandardCharsets.UTF_8))) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT); // which would hide an error
            new StateJson(tensors).value(json, state);
        } catch (StreamConstraintsException e) {
            throw tooMuch(e);
        }
        if (bytes.size() > JsonFormat.MOST_BYTES) {
            throw new IllegalArgumentException("The state of a checkpoint takes at most " + JsonFormat.MOST_BYTES
                    + " bytes as JSON, not " + bytes.size() + ". Keep long lists of numbers in tensors.");
        }
        byte[] written = bytes.toByteArray();
        try (JsonParser again = JsonFormat.parser(new ByteArrayInputStream(written))) {
            for (JsonToken token = again.nextToken(); token != null; token = again.nextToken()) {
                if (token == JsonToken.VALUE_STRING) again.getText(); // the limits of the reader
            }
        } catch (StreamConstraintsException e) {
            throw tooMuch(e);
        }
        return written;
    }

    private static IllegalArgumentException tooMuch(StreamConstraintsException e) {
        return new IllegalArgumentException(
                "The state of a checkpoint is too large or nested too deeply: " + JsonFormat.reason(e)
                        + ". Keep long lists of numbers in tensors.",
                e);
    }

    private void value(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value == null) json.writeNull();
        else if (value instanceof String text) json.writeString(text);
        else if (value instanceof Boolean b) json.writeBoolean(b);
        else if (value instanceof Double d) {
            if (Double.isFinite(d)) json.writeNumber(d);
            else tagged(json, DOUBLE, d.toString());
        } else if (value instanceof Float f) tagged(json, FLOAT, f.toString());
        else if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            json.writeNumber(((Number) value).longValue());
        } else if (value instanceof Enum<?> constant) json.writeString(constant.name());
        else if (value instanceof Tensor tensor) tagged(json, TENSOR, name(tensor));
        else if (value instanceof List<?> list) list(json, list);
        else if (value instanceof Map<?, ?> map) map(json, map);
        else {
            throw new IllegalArgumentException("The state of a checkpoint cannot hold a "
                    + value.getClass().getName() + ", as in '" + place() + "': its values are numbers up to 64 bits,"
                    + " booleans, texts, tensors, and lists and maps of these.");
        }
    }

    private static void tagged(JsonGenerator json, String tag, String value) throws IOException {
        json.writeStartObject();
        json.writeStringField(tag, value);
        json.writeEndObject();
    }

    private void list(JsonGenerator json, List<?> list) throws IOException {
        if (list.size() >= LONG_LIST && list.stream().allMatch(Double.class::isInstance)) {
            tagged(json, DOUBLES, name(DoubleLists.tensor(list)));
            return;
        }
        json.writeStartArray();
        int i = 0;
        for (Object element : list) {
            path.addLast(i++);
            value(json, element);
            path.removeLast();
        }
        json.writeEndArray();
    }

    private void map(JsonGenerator json, Map<?, ?> map) throws IOException {
        boolean isEscaped = map.keySet().stream().anyMatch(key -> key != null && isTag(text(key)));
        if (isEscaped) {
            json.writeStartObject();
            json.writeFieldName(MAP);
        }
        json.writeStartObject();
        Set<String> keys = new HashSet<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (entry.getKey() == null) {
                throw new IllegalArgumentException("The map '" + place() + "' in the state has the key null.");
            }
            String key = text(entry.getKey());
            if (!keys.add(key)) {
                throw new IllegalArgumentException(
                        "The map '" + place() + "' in the state has two keys " + FileText.quoted(key) + ".");
            }
            path.addLast(key);
            json.writeFieldName(key);
            value(json, entry.getValue());
            path.removeLast();
        }
        json.writeEndObject();
        if (isEscaped) json.writeEndObject();
    }

    static boolean isTag(String key) {
        return key.startsWith("$");
    }

    private static String text(Object key) {
        return key instanceof Enum<?> constant ? constant.name() : key.toString();
    }

    /** A number makes the name of a tensor unique; the rest is for readers. */
    private String name(Tensor tensor) {
        String name = (tensors.size() + "/" + place()).replaceAll("[^A-Za-z0-9_./@-]", "?");
        if (name.length() > LONGEST_NAME) name = name.substring(0, LONGEST_NAME);
        tensors.put(name, tensor);
        return name;
    }

    private String place() {
        return path.stream().map(Object::toString).collect(Collectors.joining("/"));
    }
}
