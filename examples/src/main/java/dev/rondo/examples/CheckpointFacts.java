package dev.rondo.examples;

import dev.rondo.checkpoint.CheckpointContent;
import dev.rondo.checkpoint.CheckpointException;
import dev.rondo.checkpoint.CheckpointStore;
import dev.rondo.torch.TensorText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/** What {@code rondo inspect} says of a checkpoint, as values for JSON. */
final class CheckpointFacts {
    /** The parts of the state that are shown, if they are there. */
    private static final List<String> SHOWN =
            List.of("written", "progress", "counters", "row", "settings", "callbacks");

    private CheckpointFacts() {}

    /** Whether a folder is a checkpoint, perhaps a damaged one, and not a folder of checkpoints. */
    static boolean isCheckpoint(Path folder) {
        return Files.exists(folder.resolve("manifest.json")) || Files.exists(folder.resolve("state.json"));
    }

    /** Its size, and whether it is whole. */
    static Map<String, Object> summary(Path checkpoint) throws IOException {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("path", checkpoint.toString());
        check(facts, () -> CheckpointStore.verify(checkpoint));
        facts.put("bytes", bytes(files(checkpoint)));
        return facts;
    }

    /** All of it, or, if it is damaged, its files. */
    static Map<String, Object> of(Path checkpoint) throws IOException {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("path", checkpoint.toString());
        List<Map<String, Object>> files = files(checkpoint);
        Map<String, Object> read = new LinkedHashMap<>();
        check(facts, () -> read(checkpoint, read, files));
        facts.put("bytes", bytes(files));
        facts.putAll(read);
        facts.put("files", files);
        return facts;
    }

    private interface Check {
        void run() throws IOException;
    }

    private static void check(Map<String, Object> facts, Check check) throws IOException {
        try {
            check.run();
            facts.put("whole", true);
        } catch (CheckpointException e) {
            facts.put("whole", false);
            facts.put("problem", e.getMessage());
        }
    }

    private static List<Map<String, Object>> files(Path checkpoint) throws IOException {
        List<Map<String, Object>> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(checkpoint)) {
            for (Path file : all.sorted().toList()) {
                if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) continue;
                Map<String, Object> facts = new LinkedHashMap<>();
                facts.put("name", file.getFileName().toString());
                facts.put("bytes", Files.size(file));
                files.add(facts);
            }
        }
        return files;
    }

    private static long bytes(List<Map<String, Object>> files) {
        return files.stream().mapToLong(file -> (Long) file.get("bytes")).sum();
    }

    private static void read(Path checkpoint, Map<String, Object> facts, List<Map<String, Object>> files)
            throws IOException {
        try (CheckpointContent content = CheckpointStore.read(checkpoint)) {
            Map<String, Collection<Tensor>> byFile = new LinkedHashMap<>();
            content.tensors().forEach((name, tensors) -> byFile.put(name + ".safetensors", tensors.values()));
            byFile.put("state.safetensors", inside(content.state()).toList());
            for (Map<String, Object> file : files) {
                Collection<Tensor> tensors = byFile.get(file.get("name"));
                if (tensors == null) continue;
                file.put("tensors", tensors.size());
                file.put("elements", elements(tensors));
            }
            facts.put(
                    "tensors",
                    byFile.values().stream().mapToInt(Collection::size).sum());
            facts.put(
                    "parameters",
                    elements(content.tensors().getOrDefault("model", Map.of()).values()));
            Map<String, Object> state = new LinkedHashMap<>(content.state());
            if (state.get("run") instanceof Map<?, ?> run) state.put("settings", run.get("settings"));
            for (String key : SHOWN) {
                if (state.containsKey(key)) facts.put(key, plain(state.get(key)));
            }
        }
    }

    static long elements(Collection<Tensor> tensors) {
        return tensors.stream().mapToLong(Tensor::numel).sum();
    }

    private static Stream<Tensor> inside(Object value) {
        if (value instanceof Tensor tensor) return Stream.of(tensor);
        if (value instanceof List<?> list) return list.stream().flatMap(CheckpointFacts::inside);
        if (value instanceof Map<?, ?> map) return map.values().stream().flatMap(CheckpointFacts::inside);
        return Stream.of();
    }

    /** A value with descriptions in the place of tensors. */
    private static Object plain(Object value) {
        if (value instanceof Tensor tensor) return TensorText.of(tensor);
        if (value instanceof List<?> list) {
            List<Object> plain = new ArrayList<>();
            for (Object element : list) plain.add(plain(element));
            return plain;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> plain = new LinkedHashMap<>();
            map.forEach((key, element) -> plain.put((String) key, plain(element)));
            return plain;
        }
        return value;
    }
}
