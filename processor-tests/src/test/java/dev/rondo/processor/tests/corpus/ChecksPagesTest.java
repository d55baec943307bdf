package dev.rondo.processor.tests.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each check has a page, which says how grave it is and how it is silenced; what its examples give is tested by {@link ChecksPagesIT}. */
class ChecksPagesTest {
    static Set<String> keys() {
        return Diagnostic.keys();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aCheckHasAPage(String key) {
        Page page = Page.of(key);
        assertTrue(page.text().startsWith("# " + key + "\n\n**" + severity(key) + "**, at "), page.text());
        boolean fixed = severities(key).equals(EnumSet.of(Severity.FIXED_ERROR));
        assertTrue(
                page.text()
                        .contains(
                                fixed
                                        ? "It cannot be silenced or lowered"
                                        : "`@SuppressWarnings(\"rondo:" + key + "\")`"),
                page.text());
        assertEquals(!fixed, page.text().contains("`-Arondo.severity." + key.replace('-', '_') + "="));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void anExampleIsReportedUnderTheKeyAndAnotherIsRight(String key) {
        if (key.equals("internal") || key.equals("option")) return; // a fault of the processor's; no place in a source
        Page page = Page.of(key);
        assertTrue(
                page.examples(true).stream()
                        .flatMap(example -> Markers.in(example.text()).values().stream())
                        .anyMatch(keys -> keys.contains(key)),
                "no example is marked // ! " + key);
        assertTrue(!page.examples(false).isEmpty(), "no good example");
        assertTrue(
                page.examples(false).stream()
                        .allMatch(example -> Markers.in(example.text()).isEmpty()),
                "a good example is marked");
    }

    @Test
    void theIndexListsThem() throws IOException {
        String index = Files.readString(Page.FOLDER.resolve("README.md"));
        for (String key : keys()) {
            String severity = severity(key).equals("Error that stays one")
                    ? "error"
                    : severity(key).equals("Warning")
                            ? "warning"
                            : severity(key).toLowerCase(Locale.ROOT) + ", can be lowered";
            assertTrue(index.contains("\n| [" + key + "](" + key + ".md) | " + severity + " | "), key);
        }
    }

    @Test
    void thereIsNoPageOfWhatIsNoCheck() throws IOException {
        try (Stream<Path> files = Files.list(Page.FOLDER)) {
            Set<String> pages = files.map(file -> file.getFileName().toString().replaceFirst("\\.md$", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
            pages.remove("README");
            pages.remove("unknown-event"); // the compilers' own
            assertEquals(keys(), pages);
        }
    }

    private static Set<Severity> severities(String key) {
        return Arrays.stream(Diagnostic.values())
                .filter(d -> d.key().equals(key))
                .map(Diagnostic::severity)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Severity.class)));
    }

    private static String severity(String key) {
        Set<Severity> severities = severities(key);
        if (severities.equals(EnumSet.of(Severity.FIXED_ERROR))) return "Error that stays one";
        return severities.size() > 1 ? "Error or warning" : severities.contains(Severity.ERROR) ? "Error" : "Warning";
    }
}
