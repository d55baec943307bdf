package dev.rondo.processor.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rondo.processor.tests.docs.MarkdownPage.Fence;
import dev.rondo.processor.tests.docs.PageCode.Block;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The README's table of mistakes: the compiler says of the handlers on the left what stands on the right. */
class ReadmeTest {
    private static final Pattern ROW = Pattern.compile("\\| `([^`]+)`[^|]*\\| `(\\[rondo:[^`]+)` \\|");

    private static final MarkdownPage README = MarkdownPage.all().stream()
            .filter(page -> page.name().equals("README.md"))
            .findFirst()
            .orElseThrow();

    static List<String> rows() {
        return README.lines().stream()
                .filter(line -> ROW.matcher(line).matches())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aMistakeIsReported(String row) {
        Matcher cells = ROW.matcher(row);
        assertEquals(true, cells.matches());
        String method = cells.group(1).replace("…", "");
        if (!method.contains("{")) method = "@On(Event.AFTER_LOSS) " + method + " { throw new AssertionError(); }";
        String text = "final class LinearDecay { Tensor last; boolean stop; " + method + "}";
        PageCode page = new PageCode(README);
        assertEquals(
                cells.group(2),
                PageCode.said(
                        page.compiled(List.of(new Block(new Fence("java", List.of("rejected"), 1, text), null)))));
    }
}
