package dev.rondo.schedule;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a search for a learning rate came to.
 *
 * @param measured the rate of each batch and the smooth loss behind it
 * @param considered the part of the curve that suggestions are read off: without the first tenth, the last five points and all that
 *     follows a loss that is not a number
 */
public record LrSearch(LrCurve measured, LrCurve considered) {
    private static final int LAST = 5;

    /**
     * @param measured the whole curve
     * @param batches how many the search was to take
     */
    public static LrSearch of(LrCurve measured, int batches) {
        return new LrSearch(measured, measured.without(batches / 10, LAST));
    }

    /** {@link LrCurve#valley} of the considered part: what fastai suggests. */
    public double valley() {
        return considered.valley();
    }

    /** All suggestions that the curve is long enough for: valley, slide, minimum, steep. */
    public Map<String, Double> suggestions() {
        Map<String, Double> suggestions = new LinkedHashMap<>();
        suggest(suggestions, "valley", considered::valley);
        suggest(suggestions, "slide", considered::slide);
        suggest(suggestions, "minimum", considered::minimum);
        suggest(suggestions, "steep", considered::steep);
        return suggestions;
    }

    private static void suggest(Map<String, Double> suggestions, String name, Supplier<Double> rate) {
        try {
            suggestions.put(name, rate.get());
        } catch (IllegalStateException tooShort) {
            // left out
        }
    }

    /**
     * Draws the curve, with the suggestions on it, as a PNG image of 800×500 pixels.
     *
     * @throws java.io.UncheckedIOException if the file cannot be written
     * @throws IllegalStateException if org.knowm.xchart:xchart is not on the class path, or this Java cannot draw
     */
    public void plot(Path png) {
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
}
