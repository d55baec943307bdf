package dev.rondo.processor.write;

import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.event.Scope;
import dev.rondo.processor.model.Handler;
import dev.rondo.processor.model.Occasion;
import dev.rondo.processor.model.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The timetable of a plan: a Markdown table with a line for each call, in the order of a run, readable as it stands. */
final class Timetable {
    private static final List<String> HEAD =
            List.of("event", "order", "callback", "phases", "reads", "writes", "cancels");

    private final List<List<String>> lines = new ArrayList<>();

    Timetable(List<Plan.Call> calls) {
        for (Occasion occasion : Plan.occasions(calls)) {
            for (Plan.Call call : calls) {
                if (call.slot().occasion().equals(occasion)) lines.add(line(call));
            }
        }
    }

    private static List<String> line(Plan.Call call) {
        Handler handler = call.slot().handler();
        Collection<Scope> cancels =
                handler.cancelsAny() ? call.slot().occasion().cancels() : handler.cancels();
        return List.of(
                name(call.slot().occasion()),
                order(call.order()),
                call.callbackName() + "." + handler.name(),
                call.phases().size() == Phase.values().length ? "" : join(call.phases()),
                String.join(", ", call.slot().reads()),
                String.join(", ", handler.writtenNames()),
                join(cancels));
    }

    /** The events that are called something, with what is called, for the comment of a method. */
    static String order(double order) {
        return order == Math.rint(order) && !Double.isInfinite(order)
                ? String.valueOf((long) order)
                : String.valueOf(order);
    }

    private static String name(Occasion occasion) {
        return occasion instanceof Occasion.BuiltIn b ? lower(b.event()) : occasion.name();
    }

    private static String lower(Event event) {
        return event.lowerCaseName();
    }

    private static String join(Collection<? extends Enum<?>> constants) {
        return constants.stream().map(c -> c.name().toLowerCase(Locale.ROOT)).collect(Collectors.joining(", "));
    }

    /** The table as lines, its columns aligned. */
    String text() {
        int[] widths = new int[HEAD.size()];
        List<List<String>> all = new ArrayList<>(lines);
        all.add(HEAD);
        for (List<String> line : all) {
            for (int i = 0; i < widths.length; i++)
                widths[i] = Math.max(widths[i], line.get(i).length());
        }
        StringBuilder text = new StringBuilder();
        append(text, HEAD, widths);
        append(text, Arrays.stream(widths).mapToObj("-"::repeat).toList(), widths);
        lines.forEach(line -> append(text, line, widths));
        return text.toString();
    }

    private static void append(StringBuilder text, List<String> cells, int[] widths) {
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            text.append("| ").append(cell).append(" ".repeat(widths[i] - cell.length() + 1));
        }
        text.append("|\n");
    }
}
