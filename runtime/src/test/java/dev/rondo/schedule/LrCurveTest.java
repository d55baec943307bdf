package dev.rondo.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LrCurveTest {
    private static LrCurve curve(int points, IntToDoubleFunction loss) {
        return new LrCurve(
                IntStream.range(0, points)
                        .mapToDouble(i -> Math.pow(10, -4 + .1 * i))
                        .toArray(),
                IntStream.range(0, points).mapToDouble(loss).toArray());
    }

    private static LrCurve valley() {
        return curve(40, i -> i < 30 ? 1 - .02 * i : .4 + .1 * (i - 30));
    }

    private static void assertNear(double expected, double actual) {
        assertEquals(expected, actual, 1e-5 * expected);
    }

    @Test
    void l14_suggestions() {
        assertNear(.00251189, valley().valley());
        assertNear(.00316228, valley().slide());
        assertNear(.01, valley().minimum());
        assertNear(1.25893e-4, valley().steep());
    }

    @Test
    void theFirstAndLastPointsAreDropped_andThoseFromTheFirstNanOn() {
        LrCurve curve = curve(20, i -> i == 12 ? Double.NaN : i);
        assertArrayEquals(
                IntStream.range(2, 12).mapToDouble(i -> i).toArray(),
                curve.without(2, 5).losses());
        assertArrayEquals(new double[] {2, 3}, curve.without(2, 16).losses());
        assertEquals(0, curve.without(2, 19).size());
        assertEquals(0, curve.without(30, 5).size());
        assertEquals(0, curve(6, i -> Double.NaN).without(0, 0).size());
    }

    @Test
    void aShortCurveHasFewerSuggestions() {
        assertEquals(Set.of(), LrSearch.of(curve(3, i -> 1), 6).suggestions().keySet());
        assertEquals(
                List.of("valley", "minimum", "steep"),
                List.copyOf(LrSearch.of(curve(12, i -> -i), 12).suggestions().keySet()));
        String message = assertThrows(
                        IllegalStateException.class, () -> curve(15, i -> 1).slide())
                .getMessage();
        assertTrue(message.contains("it has 15 points and needs 16"), message);
    }

    @Test
    void curvesWithoutAValley() {
        assertNear(1e-4, curve(20, i -> i).valley());
        assertNear(1e-4, curve(1, i -> i).valley());
        curve(2, i -> -i).valley();
    }

    @Test
    void aPlotIsAnImage(@TempDir Path folder) throws IOException {
        Path png = folder.resolve("lr.png");
        for (LrCurve curve :
                List.of(valley(), curve(3, i -> 1), curve(40, i -> Double.POSITIVE_INFINITY), curve(0, i -> 0))) {
            LrSearch.of(curve, 40).plot(png);
            assertEquals(800, ImageIO.read(Files.newInputStream(png)).getWidth());
        }
    }

    @Test
    void wrongRangesAreRejected() {
        for (Runnable wrong : List.<Runnable>of(
                () -> new LrRange(0, 1),
                () -> new LrRange(1, 1),
                () -> new LrRange(1e-3, Double.POSITIVE_INFINITY),
                () -> new LrRange(List.of(1e-3), List.of(1.0, 2.0)),
                () -> new LrRange(List.of(), List.of()),
                () -> new LrRange().withBatches(0))) {
            assertThrows(IllegalArgumentException.class, wrong::run);
        }
        assertEquals(6, new LrRange().withBatches(2).batches());
    }
}
