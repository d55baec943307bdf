package dev.rondo.examples.conformance;

import dev.rondo.schedule.Schedule;
import dev.rondo.schedule.Schedules;
import java.util.List;

/** Schedules: the value at each position. */
final class ScheduleCases {
    private ScheduleCases() {}

    static List<Double> values(Fields description) {
        Schedule schedule = schedule(description.object("schedule").orElseThrow());
        return description.numbers("at").stream().map(schedule::at).toList();
    }

    private static Schedule schedule(Fields of) {
        double start = of.number("start", 0), end = of.number("end", 0);
        return switch (of.text("of")) {
            case "constant" -> Schedules.constant(of.number("value", 0));
            case "linear" -> Schedules.linear(start, end);
            case "cosine" -> Schedules.cosine(start, end);
            case "exponential" -> Schedules.exponential(start, end);
            case "polynomial" -> Schedules.polynomial(start, end, of.number("power", 1));
            case "combinedCosine" ->
                Schedules.combinedCosine(of.number("share", 0), start, of.number("middle", 0), end);
            case "combine" ->
                Schedules.combine(
                        of.numbers("shares"),
                        of.objects("parts").stream()
                                .map(ScheduleCases::schedule)
                                .toList());
            default -> throw ValueCases.unknown("schedule", of.text("of"));
        };
    }
}
