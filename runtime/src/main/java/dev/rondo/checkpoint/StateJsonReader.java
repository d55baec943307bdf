package dev.rondo.checkpoint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.rondo.checkpoint.CheckpointException.Problem;
import dev.rondo.checkpoint.pickle.FileText;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** Reads what {@link StateJson} writes, and nothing else. */
final class StateJsonReader {
    private final JsonParser json;
    private final Map<String, Tensor> unread;

    private StateJsonReader(JsonParser json, Map<String, Tensor> unread) {
        this.json = json;
        this.unread = unread;
    }

    /**
     * Reads values.
     *
     * @param tensors the tensors by the names that the JSON has for them; each must be there once
     */
    static Map<String, @Nullable Object> read(InputStream text, Map<String, Tensor> tensors) throws Problem {
        try (PushbackInputStream in = new PushbackInputStream(text);
                JsonParser json = JsonFormat.parser(in)) {
            int first = in.read();
            if (first != '{') throw new Problem("is not a JSON object"); // a byte order mark, too
            in.unread(first);
            StateJsonReader reader = new StateJsonReader(json, new LinkedHashMap<>(tensors));
            if (json.nextToken() != JsonToken.START_OBJECT) throw new Problem("is not a JSON object");
            if (!(reader.object() instanceof Map<?, ?> map)) throw new Problem("holds no values by name");
            if (json.nextToken() != null) throw new Problem("has text after the JSON object");
            if (!reader.unread.isEmpty()) {
                throw new Problem("does not mention the tensor "
                        + FileText.quoted(reader.unread.keySet().iterator().next()));
            }
            Map<String, @Nullable Object> state = new LinkedHashMap<>();
            map.forEach((key, value) -> state.put((String) key, value));
            return state;
        } catch (Problem e) {
            throw e;
        } catch (JsonProcessingException e) {
            throw new Problem("is not valid JSON (" + JsonFormat.reason(e) + ")");
        } catch (CharConversionException | CharacterCodingException e) {
            throw new Problem("is not valid UTF-8");
        } catch (IOException e) {
            throw new Problem("cannot be read (" + FileText.plain(String.valueOf(e.getMessage())) + ")");
        }
    }

    /** The value at the current token. */
    private @Nullable Object value() throws IOException {
        JsonToken token = json.currentToken();
        if (token == null) throw new Problem("is cut short");
        return switch (token) {
            case VALUE_NULL -> null;
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_STRING -> json.getText();
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> finite();
            case START_ARRAY -> list();
            case START_OBJECT -> object();
            default -> throw new Problem("is not valid JSON");
        };
    }

    private Object integer() throws IOException {
        long number = json.getLongValue();
        if (number == (int) number) return (int) number;
        return number;
    }

    private double finite() throws IOException {
        double number = json.getDoubleValue();
        if (!Double.isFinite(number)) throw new Problem("has a number that no double holds");
        return number;
    }

    private List<@Nullable Object> list() throws IOException {
        List<@Nullable Object> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) list.add(value());
        return list;
    }

    /** A map, or what is written as an object with a tag. */
    private Object object() throws IOException {
        if (json.nextToken() == JsonToken.FIELD_NAME && StateJson.isTag(json.currentName())) {
            String tag = json.currentName();
            json.nextToken();
            Object value = tagged(tag);
            if (json.nextToken() != JsonToken.END_OBJECT) throw wrong(tag);
            return value;
        }
        return map(false);
    }

    private Object tagged(String tag) throws IOException {
        if (tag.equals(StateJson.MAP) && json.currentToken() == JsonToken.START_OBJECT) {
            json.nextToken();
            return map(true);
        }
        if (json.currentToken() != JsonToken.VALUE_STRING) throw wrong(tag);
        String text = json.getText();
        try {
            return switch (tag) {
                case StateJson.TENSOR -> tensor(text);
                case StateJson.DOUBLES -> DoubleLists.list(tensor(text));
                case StateJson.FLOAT -> Float.parseFloat(text);
                case StateJson.DOUBLE -> Double.parseDouble(text);
                default -> throw wrong(tag);
            };
        } catch (NumberFormatException e) {
            throw wrong(tag);
        }
    }

    private Tensor tensor(String name) throws Problem {
        Tensor tensor = unread.remove(name);
        if (tensor == null) throw new Problem("refers to the tensor " + FileText.quoted(name) + ", which is not there");
        return tensor;
    }

    /** The map whose first name, or end, is the current token. */
    private Map<String, @Nullable Object> map(boolean isEscaped) throws IOException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (; json.currentToken() != JsonToken.END_OBJECT; json.nextToken()) {
            if (json.currentToken() != JsonToken.FIELD_NAME) throw new Problem("is cut short");
            String key = json.currentName();
            if (!isEscaped && StateJson.isTag(key)) throw wrong(key);
            json.nextToken();
            map.put(key, value());
        }
        return map;
    }

    private static Problem wrong(String tag) {
        return new Problem("has a value " + FileText.quoted(tag) + " that cannot be read");
    }
}
