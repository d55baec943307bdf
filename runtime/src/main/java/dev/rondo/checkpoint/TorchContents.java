package dev.rondo.checkpoint;

import dev.rondo.checkpoint.pickle.FileText;
import dev.rondo.checkpoint.pickle.StoredTensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a file of torch.save holds, a tree of dictionaries, and the way to the dictionary that is meant. */
final class TorchContents {
    private static final int LISTED = 12, DEPTH = 8;

    private final Object root;

    TorchContents(Object root) {
        this.root = root;
    }

    /**
     * The values of a dictionary by name. Some of them are tensors.
     *
     * @param keys the way to it
     */
    Map<String, Object> dictionary(List<String> keys) throws WeightsFileException.Problem {
        Object at = root;
        for (int i = 0; i < keys.size(); i++) {
            if (!(at instanceof Map<?, ?> map) || !map.containsKey(keys.get(i))) {
                throw new WeightsFileException.Problem("has no " + FileText.quoted(keys.get(i))
                        + place(keys.subList(0, i)) + ": there " + has(at) + ".");
            }
            at = map.get(keys.get(i));
        }
        if (at instanceof Map<?, ?> map && map.values().stream().anyMatch(StoredTensor.class::isInstance)) {
            Map<String, Object> named = new LinkedHashMap<>();
            map.forEach((key, value) -> named.put(key.toString(), value));
            return named;
        }
        throw new WeightsFileException.Problem(wayOut(at, keys));
    }

    private static String wayOut(Object at, List<String> keys) {
        if (at instanceof StoredTensor) {
            return "holds one tensor without a name. Save a dictionary: torch.save({'weight': tensor}, file).";
        }
        List<List<String>> found = new ArrayList<>();
        search(at, keys, found, Collections.newSetFromMap(new IdentityHashMap<>()));
        if (found.isEmpty()) return "has no dictionary of tensors" + place(keys) + ": there " + has(at) + ".";
        String calls = found.stream()
                .limit(LISTED)
                .map(way -> "inside("
                        + way.stream()
                                .map(key -> '"' + FileText.plain(key) + '"')
                                .collect(Collectors.joining(", ")) + ")")
                .collect(Collectors.joining(", "));
        return "has no tensors" + (keys.isEmpty() ? " in its outer dictionary" : place(keys)) + ": there " + has(at)
                + ". Choose with " + calls + (found.size() > LISTED ? ", …" : "") + " in the LoadOptions.";
    }

    /** Finds the outermost dictionaries that have tensors. */
    private static void search(Object at, List<String> way, List<List<String>> found, Set<Object> seen) {
        if (!(at instanceof Map<?, ?> map) || way.size() >= DEPTH || found.size() > LISTED || seen.contains(at)) return;
        if (map.values().stream().anyMatch(StoredTensor.class::isInstance)) {
            found.add(way);
            return;
        }
        seen.add(at);
        map.forEach((key, value) -> {
            if (!(key instanceof String name)) return;
            List<String> longer = new ArrayList<>(way);
            longer.add(name);
            search(value, longer, found, seen);
        });
    }

    private static String place(List<String> keys) {
        return keys.isEmpty()
                ? ""
                : " in " + keys.stream().map(FileText::quoted).collect(Collectors.joining(" › "));
    }

    private static String has(Object at) {
        if (!(at instanceof Map<?, ?> map)) return "is " + kind(at);
        if (map.isEmpty()) return "is an empty dictionary";
        String listed = map.entrySet().stream()
                .limit(LISTED)
                .map(e -> FileText.quoted(e.getKey().toString()) + " (" + kind(e.getValue()) + ")")
                .collect(Collectors.joining(", "));
        int more = map.size() - LISTED;
        return "are " + listed + (more > 0 ? " and " + more + " more" : "");
    }

    private static String kind(Object value) {
        if (value instanceof StoredTensor) return "a tensor";
        if (value instanceof Map<?, ?> map) {
            int tensors = tensors(map.values(), DEPTH, Collections.newSetFromMap(new IdentityHashMap<>()));
            return tensors == 0 ? "a dictionary without tensors" : tensors == 1 ? "1 tensor" : tensors + " tensors";
        }
        if (value instanceof List) return "a list";
        if (value instanceof byte[]) return "bytes";
        return value instanceof String ? "a text" : FileText.plain(value.toString());
    }

    private static int tensors(Collection<?> values, int depth, Set<Object> seen) {
        int n = 0;
        for (Object value : values) {
            if (value instanceof StoredTensor) n++;
            else if (depth > 0 && value instanceof Map<?, ?> map && seen.add(value))
                n += tensors(map.values(), depth - 1, seen);
            else if (depth > 0 && value instanceof List<?> list && seen.add(value)) n += tensors(list, depth - 1, seen);
        }
        return n;
    }
}
