package dev.rondo.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.jr.ob.JSON;
import com.fasterxml.jackson.jr.ob.JSONObjectException;
import dev.rondo.checkpoint.pickle.FileText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The header of a safetensors file as JSON: one object in UTF-8, perhaps with spaces after it, without other text around it. A name
 * twice is an error, as the format says.
 */
final class HeaderJson {
    private static final JsonFactory JSON_TEXT = new JsonFactory();
    private static final String NO_OBJECT = "is not a safetensors file: its header is not a JSON object.";

    private HeaderJson() {}

    static Map<String, @Nullable Object> parse(Path file, byte[] json) throws WeightsFileException {
        try (JsonParser parser = JSON_TEXT.createParser(text(json))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) throw new WeightsFileException(file, NO_OBJECT);
            Map<String, @Nullable Object> all = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (all.containsKey(name)) {
                    throw new WeightsFileException(
                            file, "is damaged: its header has " + FileText.quoted(name) + " twice.");
                }
                all.put(name, value(file, name, parser));
            }
            if (parser.nextToken() != null) throw new WeightsFileException(file, NO_OBJECT);
            return all;
        } catch (WeightsFileException e) {
            throw e;
        } catch (IOException | ClassCastException e) {
            throw new WeightsFileException(file, NO_OBJECT, e);
        }
    }

    private static @Nullable Object value(Path file, String name, JsonParser parser) throws IOException {
        try {
            return JSON.std.anyFrom(parser);
        } catch (JSONObjectException e) {
            throw new WeightsFileException(
                    file, "is damaged: the header entry of " + FileText.quoted(name) + " has a key twice.", e);
        }
    }

    private static String text(byte[] json) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(json))
                .toString();
        return text.startsWith("\uFEFF") ? "" : text; // a parser would skip the mark
    }
}
