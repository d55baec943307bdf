package dev.rondo.processor.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The links of the pages to files of the repository, and to headings, lead somewhere. */
class LinksTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

    private static final Map<Path, MarkdownPage> PAGES =
            MarkdownPage.all().stream().collect(Collectors.toMap(MarkdownPage::file, Function.identity()));

    static List<MarkdownPage> pages() {
        return MarkdownPage.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadSomewhere(MarkdownPage page) {
        List<String> broken = new ArrayList<>();
        for (String line : page.prose()) {
            for (Matcher link = LINK.matcher(line); link.find(); ) {
                if (!link.group(1).matches("\\w+:.*") && !exists(page, link.group(1))) broken.add(link.group(1));
            }
        }
        assertEquals(List.of(), broken);
    }

    private static boolean exists(MarkdownPage from, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty()
                ? from.file()
                : from.file().resolveSibling(parts[0]).normalize();
        if (!Files.exists(target)) return false;
        return parts.length == 1
                || PAGES.containsKey(target) && PAGES.get(target).anchors().contains(parts[1]);
    }
}
