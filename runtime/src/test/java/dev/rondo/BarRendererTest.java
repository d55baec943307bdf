package dev.rondo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BarRendererTest {
    private final Locale before = Locale.getDefault();

    @AfterEach
    void restore() {
        Locale.setDefault(before);
    }

    /** The last line of a bar after 98 of 392 batches, one second of which came before it. */
    private static String line(int width) {
        List<String> lines = new ArrayList<>();
        try (ProgressBar bar = new ProgressBarBuilder()
                .setTaskName("epoch 1/8")
                .setInitialMax(392)
                .startsFrom(50, Duration.ofSeconds(1))
                .setConsumer(new DelegatingProgressBarConsumer(lines::add, width))
                .setRenderer(new BarRenderer())
                .build()) {
            bar.setExtraMessage(" loss 0.7511");
            bar.stepTo(98);
        }
        return lines.get(lines.size() - 1);
    }

    @Test
    void drawsBatchesPaceAndTimes() {
        String line = line(120);
        assertTrue(line.matches("epoch 1/8  25% \\[#+ +] 98/392 [\\d.]+ batches/s 00:01<00:0\\d loss 0\\.7511"), line);
        assertEquals(
                .25,
                line.chars().filter(c -> c == '#').count() / (double) (line.indexOf(']') - line.indexOf('[') - 1),
                .03);
    }

    @Test
    void leavesTheBarOutOnANarrowTerminal() {
        assertTrue(line(60).startsWith("epoch 1/8  25%  98/392 "), line(60));
    }

    @Test
    void writesTheSameDigitsInEveryLocale() {
        Locale.setDefault(Locale.forLanguageTag("ar-EG"));
        assertTrue(line(120).chars().allMatch(c -> c < 128), line(120));
    }
}
