package dev.rondo.checkpoint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.jr.ob.JSON;
import dev.rondo.checkpoint.CheckpointException.Problem;
import dev.rondo.checkpoint.pickle.FileText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The list of a checkpoint's files: a JSON object with the version of the format, each file with its length and CRC32C, and the CRC32C of
 * the text before it.
 */
record Manifest(List<Entry> entries) {
    static final String NAME = "manifest.json";
    static final int VERSION = 1;

    /** The most bytes that are read. */
    static final int MOST_BYTES = 1 << 20;

    private static final int MOST_FILES = 1000;
    private static final String FORMAT = "rondo-checkpoint";
    private static final String CHECKSUM = "crc32c";
    private static final Pattern FILE_NAME = Pattern.compile("[a-z0-9_-]{1,64}\\.(safetensors|json)");
    private static final int SUFFIX = suffix(new byte[0]).length();

    /** A file of the checkpoint. */
    record Entry(String name, long length, int crc32c) {}

    byte[] bytes() throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", FORMAT);
        json.put("version", VERSION);
        json.put(
                "files",
                entries.stream()
                        .map(entry -> {
                            Map<String, Object> file = new LinkedHashMap<>();
                            file.put("name", entry.name());
                            file.put("length", entry.length());
                            file.put(CHECKSUM, hex(entry.crc32c()));
                            return file;
                        })
                        .toList());
        String text = JSON.std.asString(json);
        String open = text.substring(0, text.length() - 1); // the object goes on with the checksum
        return (open + suffix(open.getBytes(StandardCharsets.UTF_8))).getBytes(StandardCharsets.UTF_8);
    }

    private static String suffix(byte[] text) {
        CRC32C crc = new CRC32C();
        crc.update(text);
        return ",\"" + CHECKSUM + "\":\"" + hex((int) crc.getValue()) + "\"}\n";
    }

    private static String hex(int crc) {
        return HexFormat.of().toHexDigits(crc);
    }

    /**
     * Reads a manifest, which must have exactly the bytes that are written for what it says.
     *
     * @throws Problem if it is another text
     */
    static Manifest parse(byte[] bytes) throws IOException {
        Problem damaged = new Problem("is not as it was written");
        int end = bytes.length - SUFFIX;
        if (end < 0) throw damaged;
        byte[] suffix = suffix(Arrays.copyOf(bytes, end)).getBytes(StandardCharsets.UTF_8);
        if (!Arrays.equals(suffix, 0, SUFFIX, bytes, end, bytes.length)) throw damaged;
        Map<?, ?> json;
        try (JsonParser parser = JsonFormat.parser(new ByteArrayInputStream(bytes))) {
            json = JSON.std.mapFrom(parser);
        } catch (IOException | ClassCastException e) {
            throw damaged;
        }
        if (!FORMAT.equals(json.get("format"))) throw new Problem("is not that of a checkpoint");
        if (json.get("version") instanceof Integer version && version != VERSION) {
            throw new Problem("says version " + version + " of the format, and this Rondo reads version " + VERSION);
        }
        Manifest manifest = new Manifest(entries(json.get("files")));
        if (!Arrays.equals(bytes, manifest.bytes())) throw damaged;
        return manifest;
    }

    private static List<Entry> entries(@Nullable Object files) throws Problem {
        if (!(files instanceof List<?> list) || list.size() > MOST_FILES) throw new Problem("lists no files");
        Set<String> names = new HashSet<>();
        List<Entry> entries = new ArrayList<>();
        for (Object file : list) {
            if (!(file instanceof Map<?, ?> map)
                    || !(map.get("name") instanceof String name)
                    || !(map.get("length") instanceof Number length)
                    || !(map.get(CHECKSUM) instanceof String crc)
                    || !crc.matches("[0-9a-f]{8}")) {
                throw new Problem("lists a file without name, length and checksum");
            }
            if (!isFileName(name)) {
                throw new Problem("lists " + FileText.quoted(name) + ", which is no name of a file of a checkpoint");
            }
            if (!names.add(name)) throw new Problem("lists " + name + " twice");
            entries.add(new Entry(name, length.longValue(), Integer.parseUnsignedInt(crc, 16)));
        }
        return entries;
    }

    /** Plain names only, because others could lead out of the folder. */
    static boolean isFileName(String name) {
        return FILE_NAME.matcher(name).matches() && !name.equals(NAME);
    }
}
