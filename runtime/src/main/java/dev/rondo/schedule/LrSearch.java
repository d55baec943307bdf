package dev.rondo.schedule;

import dev.rondo.check.Argument;
import dev.rondo.check.Range;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The result of a search for a learning rate.
 *
 * @param measured the learning rate of each batch, and the smooth loss after it
 * @param considered the part of the curve that suggestions use: without the first tenth, the last five points, and everything from the
 *     first NaN loss on
 */
public record LrSearch(LrCurve measured, LrCurve considered) {
    private static final int LAST_POINTS = 5;

    /**
     * The result of a search.
     *
     * @param measured the whole curve
     * @param batches the number of batches that were planned, 0 or more
     */
    public static LrSearch of(LrCurve measured, int batches) {
        Argument.given("measured", measured);
        Range.NOT_NEGATIVE.check("The number of batches of a search", batches);
        return new LrSearch(measured, measured.without(batches / 10, LAST_POINTS));
    }

    /** {@link LrCurve#valley} of the considered part, which fastai suggests. */
    public double valley() {
        return considered.valley();
    }

    /** The suggestions for which the curve is long enough, by name: valley, slide, minimum, steep. */
    public Map<String, Double> suggestions() {
        Map<String, Double> suggestions = new LinkedHashMap<>();
        suggest(suggestions, "valley", considered::valley);
        suggest(suggestions, "slide", considered::slide);
        suggest(suggestions, "minimum", considered::minimum);
        suggest(suggestions, "steep", considered::steep);
        return suggestions;
    }

    private static void suggest(Map<String, Double> suggestions, String name, Supplier<Double> lr) {
        try {
            suggestions.put(name, lr.get());
        } catch (IllegalStateException tooShort) {
            // no suggestion
        }
    }

    /**
     * Plots the curve and its suggestions as a PNG image of 800×500 pixels.
     *
     * @throws java.io.UncheckedIOException if the file cannot be written
     * @throws IllegalStateException if org.knowm.xchart:xchart is not on the class path, or this Java cannot draw
     */
    public void plot(Path png) {
        Argument.given("png", png);
        try {
            LrPlot.draw(this, png);
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "To plot a curve, put org.knowm.xchart:xchart on the class path (missing: " + e.getMessage() + ").",
                    e);
        } catch (LinkageError | InternalError e) {
            throw new IllegalStateException("This Java cannot draw: " + e.getMessage() + ".", e);
        }
    }

    /** The suggestions, and the number of points that they use: {@code LrSearch: valley 1.45e-03, …, from 85 of 100 points}. */
    @Override
    public String toString() {
        Map<String, Double> suggestions = suggestions();
        String found = suggestions.isEmpty()
                ? "no suggestion"
                : suggestions.entrySet().stream()
                        .map(e -> String.format(Locale.ROOT, "%s %.2e", e.getKey(), e.getValue()))
                        .collect(Collectors.joining(", "));
        return "LrSearch: " + found + ", from " + considered.size() + " of " + measured.size() + " points"
                + (suggestions.isEmpty() ? "; search over more batches" : "");
    }
}
