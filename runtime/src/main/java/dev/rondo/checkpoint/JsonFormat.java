package dev.rondo.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.rondo.checkpoint.pickle.FileText;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** JSON in checkpoints: what may be written and read, so that no file takes more memory or stack than these limits allow. */
final class JsonFormat {
    /** The most bytes of a file. */
    static final int MOST_BYTES = 1 << 25;

    private static final int DEEPEST = 200;
    private static final int MOST_TOKENS = 1 << 21;
    private static final int LONGEST_TEXT = 1 << 22;
    private static final int LONGEST_NAME = 1 << 16;

    static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxTokenCount(MOST_TOKENS)
                    .maxStringLength(LONGEST_TEXT)
                    .maxNameLength(LONGEST_NAME)
                    .maxDocumentLength(MOST_BYTES)
                    .build())
            .streamWriteConstraints(
                    StreamWriteConstraints.builder().maxNestingDepth(DEEPEST).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES) // it refuses names whose hash codes are equal
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII) // half a surrogate pair is text in Java
            .build();

    private JsonFormat() {}

    /** Parses UTF-8, and no other encoding, which a parser of bytes would guess. */
    static JsonParser parser(InputStream json) throws IOException {
        return FACTORY.createParser(new InputStreamReader(json, StandardCharsets.UTF_8.newDecoder()));
    }

    /** What is wrong, without the names of Jackson's classes. */
    static String reason(JsonProcessingException e) {
        return FileText.plain(e.getOriginalMessage().replaceAll(", from `[^`]*`", ""));
    }
}
