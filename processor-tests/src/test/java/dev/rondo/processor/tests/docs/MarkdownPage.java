package dev.rondo.processor.tests.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A page in Markdown.
 *
 * @param name its path in the repository, with slashes
 */
record MarkdownPage(String name, List<String> lines) {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Set<String> NOT_OURS = Set.of("target", ".git", "shared", "node_modules");

    /** A fenced block: its language, the words after it, the number of its first line of text, from 1, and its text. */
    record Fence(String language, List<String> marks, int line, String text) {
        boolean is(String mark) {
            return marks.contains(mark);
        }
    }

    /** All pages of the repository, without what builds and tools leave in it. */
    static List<MarkdownPage> all() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .map(ROOT::relativize)
                    .filter(MarkdownPage::isOurs)
                    .sorted()
                    .map(MarkdownPage::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOurs(Path file) {
        for (Path part : file) if (NOT_OURS.contains(part.toString())) return false;
        return true;
    }

    private static MarkdownPage of(Path file) {
        try {
            return new MarkdownPage(file.toString().replace('\\', '/'), Files.readAllLines(ROOT.resolve(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path file() {
        return ROOT.resolve(name);
    }

    List<Fence> fences() {
        List<Fence> fences = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!isFence(lines.get(i))) continue;
            int begin = i + 1;
            while (!isFence(lines.get(++i))) {}
            String[] words = lines.get(begin - 1).strip().substring(3).split(" +");
            String text = String.join("\n", lines.subList(begin, i)).stripIndent();
            fences.add(new Fence(words[0], List.of(words).subList(1, words.length), begin + 1, text));
        }
        return fences;
    }

    /** Writes another text into a block of the file. Blocks before it may have been replaced too, so it is found by its number. */
    void replace(Fence fence, String text) {
        MarkdownPage now = of(Path.of(name));
        int begin = now.fences().get(fences().indexOf(fence)).line() - 1;
        List<String> changed = new ArrayList<>(now.lines());
        while (!isFence(changed.get(begin))) changed.remove(begin);
        changed.addAll(begin, text.lines().toList());
        try {
            Files.write(file(), changed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines outside fenced blocks, without what stands in back quotes. */
    List<String> prose() {
        List<String> prose = new ArrayList<>();
        boolean fenced = false;
        for (String line : lines) {
            if (isFence(line)) fenced = !fenced;
            else if (!fenced) prose.add(line.replaceAll("`[^`]*`", ""));
        }
        return prose;
    }

    /** The anchors of the headings, as GitHub makes them. */
    Set<String> anchors() {
        Set<String> anchors = new TreeSet<>();
        Map<String, Integer> seen = new HashMap<>();
        boolean fenced = false;
        for (String line : lines) {
            if (isFence(line)) fenced = !fenced;
            if (fenced || !line.matches("#{1,6} .*")) continue;
            String anchor = line.replaceFirst("^#+ ", "")
                    .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                    .replace(' ', '-');
            int times = seen.merge(anchor, 1, Integer::sum);
            anchors.add(times == 1 ? anchor : anchor + "-" + (times - 1));
        }
        return anchors;
    }

    private static boolean isFence(String line) {
        return line.strip().startsWith("```");
    }

    @Override
    public String toString() {
        return name;
    }
}
