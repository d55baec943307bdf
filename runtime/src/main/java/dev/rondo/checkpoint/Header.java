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

    /** A tensor, with its shape in libtorch. Its bytes are those from begin (inclusive) to end (exclusive). */
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
            entry.put("shape", e.type().toFile(e.shape()));
            entry.put("data_offsets", new long[] {e.begin(), e.end()});
            json.put(e.name(), entry);
        }
        String text = JSON.std.asString(json);
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        return (text + " ".repeat(-length & 7)).getBytes(StandardCharsets.UTF_8);
    }

    /** Parses a header and checks everything in it. */
    static Header parse(Path file, byte[] json) throws WeightsFileException {
        Map<String, String> metadata = new LinkedHashMap<>();
        List<Entry> entries = new ArrayList<>();
        HeaderJson.read(
                file,
                json,
                header -> header.object("", "", name -> {
                    if (name.equals(METADATA)) metadata(header, metadata);
                    else entries.add(new EntryReader(file, name, header).read());
                }));
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

    private static void metadata(HeaderJson json, Map<String, String> metadata) throws IOException {
        if (json.isNull()) return;
        String wrong = "is damaged: its metadata are not texts.";
        json.object(" in the metadata", wrong, name -> metadata.put(name, json.text(wrong)));
    }

    /** Reads the entry of a tensor. */
    private static final class EntryReader {
        private final Path file;
        private final String name;
        private final String wrong;
        private final HeaderJson json;
        private @Nullable String dtype;
        private long @Nullable [] shape;
        private long @Nullable [] offsets;

        EntryReader(Path file, String name, HeaderJson json) {
            this.file = file;
            this.name = name;
            this.json = json;
            wrong = "is damaged: the header entry of " + FileText.quoted(name) + " ";
        }

        Entry read() throws IOException {
            String place = " in the entry of " + FileText.quoted(name);
            json.object(place, wrong + "is not an object.", key -> {
                switch (key) {
                    case "dtype" -> dtype = json.text(noDtype());
                    case "shape" -> shape = json.numbers(noShape());
                    case "data_offsets" -> offsets = json.numbers(noOffsets());
                    default -> json.skip(place);
                }
            });
            if (dtype == null) throw new WeightsFileException(file, noDtype());
            if (shape == null) throw new WeightsFileException(file, noShape());
            if (offsets == null || offsets.length != 2 || offsets[0] > offsets[1]) {
                throw new WeightsFileException(file, noOffsets());
            }
            ElementType type = ElementType.named(dtype).orElse(null);
            if (type == null) {
                throw new WeightsFileException(
                        file,
                        "holds " + FileText.quoted(name) + " with elements of type " + FileText.plain(dtype)
                                + ", which libtorch does not have.");
            }
            long size = offsets[1] - offsets[0];
            long[] elements = type.fromFile(shape);
            if (elements != null && type.size(elements) < 0) {
                throw new WeightsFileException(file, wrong + "has a shape beyond 64 bits.");
            }
            if (elements == null || type.size(elements) != size) {
                throw new WeightsFileException(
                        file, wrong + "has " + size + " bytes, which do not fit its dtype and shape.");
            }
            return new Entry(name, type, elements, offsets[0], offsets[1]);
        }

        private String noDtype() {
            return wrong + "has no dtype.";
        }

        private String noShape() {
            return wrong + "has no shape of non-negative integers.";
        }

        private String noOffsets() {
            return wrong + "does not have two data_offsets in ascending order.";
        }
    }
}
