package dev.rondo.examples.conformance;

import dev.rondo.schedule.LrCurve;
import dev.rondo.schedule.LrSearch;
import java.util.List;

/** Suggestions of learning rates: valley, slide, minimum and steep of the curve of a search. */
final class RateCases {
    private RateCases() {}

    static List<Double> values(Fields description) {
        double[] rates = numbers(description, "rates"), losses = numbers(description, "losses");
        LrCurve considered =
                LrSearch.of(new LrCurve(rates, losses), rates.length).considered();
        return List.of(considered.valley(), considered.slide(), considered.minimum(), considered.steep());
    }

    private static double[] numbers(Fields description, String key) {
        return description.numbers(key).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }
}
