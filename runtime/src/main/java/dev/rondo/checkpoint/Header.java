package dev.rondo.checkpoint;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.rondo.checkpoint.pickle.FileText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The header of a safetensors file: the tensors and the positions of their bytes in the data after the header.
 *
 * @param entries the tensors in the order of their bytes, without gaps
 * @param metadata additional texts
 */
record Header(List<Entry> entries, Map<String, String> metadata) {
    /** The name of the metadata, which no tensor can have. */
    static final String METADATA = "__metadata__";

    /** A tensor. Its bytes are those from begin (inclusive) to end (exclusive). */
    record Entry(String name, ElementType type, long[] shape, long begin, long end) {}

    /** The number of bytes of all tensors. */
    long dataSize() {
        return entries.isEmpty() ? 0 : entries.get(entries.size() - 1).end();
    }

    /** The header as JSON, padded with spaces so that the data after it starts at a multiple of eight. */
    byte[] json() throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        if (!metadata.isEmpty()) json.put(METADATA, metadata);
        for (Entry e : entries) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("dtype", e.type().name());
            entry.put("shape", e.shape());
            entry.put("data_offsets", new long[] {e.begin(), e.end()});
            json.put(e.name(), entry);
        }
        String text = JSON.std.asString(json);
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        return (text + " ".repeat(-length & 7)).getBytes(StandardCharsets.UTF_8);
    }

    /** Parses a header and checks everything in it. */
    static Header parse(Path file, byte[] json) throws WeightsFileException {
        Map<String, @Nullable Object> all = HeaderJson.parse(file, json);
        Map<String, String> metadata = new LinkedHashMap<>();
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<String, @Nullable Object> e : all.entrySet()) {
            if (e.getKey().equals(METADATA)) metadata(file, e.getValue(), metadata);
            else entries.add(entry(file, e.getKey(), e.getValue()));
        }
        entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        long end = 0;
        for (Entry e : entries) {
            if (e.begin() != end) {
                throw new WeightsFileException(
                        file,
                        "is damaged: the bytes of " + FileText.quoted(e.name()) + " begin at " + e.begin()
                                + ", but those before it end at " + end + ".");
            }
            end = e.end();
        }
        return new Header(entries, metadata);
    }

    private static void metadata(Path file, @Nullable Object value, Map<String, String> metadata)
            throws WeightsFileException {
        if (value == null) return;
        if (!(value instanceof Map<?, ?> map) || !map.values().stream().allMatch(String.class::isInstance)) {
            throw new WeightsFileException(file, "is damaged: its metadata are not texts.");
        }
        map.forEach((k, v) -> metadata.put((String) k, (String) v));
    }

    private static Entry entry(Path file, String name, @Nullable Object value) throws WeightsFileException {
        String wrong = "is damaged: the header entry of " + FileText.quoted(name) + " ";
        if (!(value instanceof Map<?, ?> map)) throw new WeightsFileException(file, wrong + "is not an object.");
        if (!(map.get("dtype") instanceof String dtype)) throw new WeightsFileException(file, wrong + "has no dtype.");
        ElementType type = ElementType.named(dtype)
                .orElseThrow(() -> new WeightsFileException(
                        file,
                        "holds " + FileText.quoted(name) + " with elements of type " + FileText.plain(dtype)
                                + ", which cannot be read here."));
        long[] shape = numbers(map.get("shape"));
        if (shape == null) throw new WeightsFileException(file, wrong + "has no shape of non-negative integers.");
        long[] offsets = numbers(map.get("data_offsets"));
        if (offsets == null || offsets.length != 2 || offsets[0] > offsets[1]) {
            throw new WeightsFileException(file, wrong + "does not have two data_offsets in ascending order.");
        }
        if (type.size(shape) != offsets[1] - offsets[0]) {
            throw new WeightsFileException(
                    file, wrong + "has " + (offsets[1] - offsets[0]) + " bytes, which do not fit its dtype and shape.");
        }
        return new Entry(name, type, shape, offsets[0], offsets[1]);
    }

    /** Converts a list of non-negative integers; null if the value is something else. */
    private static long @Nullable [] numbers(@Nullable Object value) {
        if (!(value instanceof List<?> list)) return null;
        long[] numbers = new long[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            if (!(list.get(i) instanceof Integer || list.get(i) instanceof Long)) return null;
            numbers[i] = ((Number) list.get(i)).longValue();
            if (numbers[i] < 0) return null;
        }
        return numbers;
    }
}
