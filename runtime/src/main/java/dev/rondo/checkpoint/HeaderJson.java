package dev.rondo.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.rondo.checkpoint.pickle.FileText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Walks through the header of a safetensors file, which is JSON: one object in UTF-8, perhaps with white space around it. The JSON is
 * that of the reference implementation: the same depth, no half of a surrogate pair, no number beyond a double, names and texts of any
 * length. A name twice in an object is an error at every level, as the format says. Values that nobody asks for are checked, not kept.
 */
final class HeaderJson {
    /** The depth that the reference implementation reads. */
    private static final int DEPTH = 127;

    private static final int ANY_LENGTH = Integer.MAX_VALUE;
    /** Names are not kept from file to file: that is for names that return, and it has a limit of its own. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH)
                    .maxNameLength(ANY_LENGTH)
                    .maxStringLength(ANY_LENGTH)
                    .maxNumberLength(ANY_LENGTH)
                    .build())
            .build();

    private static final String NO_OBJECT = "is not a safetensors file: its header is not a JSON object.";

    /** Reads the value of a field, with one call of a method of {@link HeaderJson}. */
    interface Field {
        void read(String name) throws IOException;
    }

    /** Reads the header, with one call of {@link #object}. */
    interface Header {
        void read(HeaderJson json) throws IOException;
    }

    private final Path file;
    private final JsonParser parser;

    private HeaderJson(Path file, JsonParser parser) {
        this.file = file;
        this.parser = parser;
    }

    /** Opens a header, and checks that nothing is around its object. */
    static void read(Path file, byte[] json, Header header) throws WeightsFileException {
        try (JsonParser parser = FACTORY.createParser(text(json))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) throw new WeightsFileException(file, NO_OBJECT);
            header.read(new HeaderJson(file, parser));
            if (parser.nextToken() != null) throw new WeightsFileException(file, NO_OBJECT);
        } catch (WeightsFileException e) {
            throw e;
        } catch (StreamConstraintsException e) {
            throw new WeightsFileException(
                    file, "is damaged: its header is nested deeper than " + DEPTH + " levels.", e);
        } catch (IOException e) {
            throw new WeightsFileException(file, NO_OBJECT, e);
        }
    }

    private static String text(byte[] json) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(json))
                .toString();
        return text.startsWith("\uFEFF") ? "" : text; // a parser would skip the mark
    }

    /**
     * Reads an object.
     *
     * @param place where it is, for the message if a name is there twice
     * @param otherwise the problem if it is something else
     */
    void object(String place, String otherwise, Field field) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) throw new WeightsFileException(file, otherwise);
        Set<String> names = new HashSet<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = wellFormed(parser.currentName());
            if (!names.add(name)) {
                throw new WeightsFileException(
                        file, "is damaged: its header has " + FileText.quoted(name) + " twice" + place + ".");
            }
            parser.nextToken();
            field.read(name);
        }
    }

    /** Reads null, and says whether it is there. */
    boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    /** Reads a text. */
    String text(String otherwise) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) throw new WeightsFileException(file, otherwise);
        return wellFormed(parser.getText());
    }

    /** Reads a list of non-negative integers, each written with digits only. */
    long[] numbers(String otherwise) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) throw new WeightsFileException(file, otherwise);
        long[] numbers = new long[8];
        int n = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
                    || parser.getText().startsWith("-")) {
                throw new WeightsFileException(file, otherwise);
            }
            if (n == numbers.length) numbers = Arrays.copyOf(numbers, 2 * n);
            try {
                numbers[n++] = Long.parseLong(parser.getText());
            } catch (NumberFormatException e) {
                throw new WeightsFileException(file, otherwise, e);
            }
        }
        return Arrays.copyOf(numbers, n);
    }

    /** Reads any value and forgets it. */
    void skip(String place) throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> object(place, NO_OBJECT, name -> skip(place));
            case START_ARRAY -> {
                while (parser.nextToken() != JsonToken.END_ARRAY) skip(place);
            }
            case VALUE_STRING -> wellFormed(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                if (Double.isInfinite(Double.parseDouble(parser.getText()))) {
                    throw new WeightsFileException(file, "is damaged: its header has a number that is too large.");
                }
            }
            default -> {} // true, false, null
        }
    }

    /** Java's texts can have one half of a surrogate pair alone; those of other languages cannot. */
    private String wellFormed(String text) throws WeightsFileException {
        if (isWellFormed(text)) return text;
        throw new WeightsFileException(
                file, "is damaged: its header has the text " + FileText.quoted(text) + ", which is not Unicode.");
    }

    /** Whether a text has no half of a surrogate pair alone, so that it can be written in UTF-8. */
    static boolean isWellFormed(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
