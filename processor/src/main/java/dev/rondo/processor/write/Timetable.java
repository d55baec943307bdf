package dev.rondo.processor.write;

import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.event.RunKind;
import dev.rondo.event.Scope;
import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.HandledEvent;
import dev.rondo.processor.model.Handler;
import dev.rondo.processor.model.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The timetable of a plan: a Markdown table with aligned columns and a line for each call, in the order of a run. */
final class Timetable {
    private static final List<String> HEAD =
            List.of("event", "order", "callback", "phases", "kinds", "reads", "writes", "cancels", "host reads");

    /** What would end a cell, a line, the Javadoc or its code, or start an escape. */
    private static final Pattern NO_TEXT = Pattern.compile("[|{}\\\\\\p{Cntrl}]|\\*/");

    private final List<List<String>> lines = new ArrayList<>();

    Timetable(Plan plan) {
        for (HandledEvent handled : plan.handledEvents()) {
            for (Plan.Call call : plan.calls()) {
                if (call.slot().handled().equals(handled)) lines.add(line(call));
            }
        }
    }

    private static List<String> line(Plan.Call call) {
        Handler handler = call.slot().handler();
        Collection<Scope> cancels = handler.cancelsAny() ? call.slot().handled().cancels() : handler.cancels();
        return List.of(
                name(call.slot().handled()),
                call.orderText(),
                call.callbackName() + "." + handler.name(),
                call.phases().size() == Phase.values().length ? "" : join(call.phases()),
                kinds(call.callback()),
                String.join(", ", call.slot().reads()),
                String.join(", ", handler.writtenNames()),
                join(cancels),
                hostReads(call));
    }

    /** The reason of an acknowledged read inside a batch. */
    private static String hostReads(Plan.Call call) {
        if (!call.slot().handled().insideBatch()) return "";
        return call.slot()
                .handler()
                .hostRead()
                .map(read -> read.reason().isEmpty()
                        ? "yes"
                        : NO_TEXT.matcher(read.reason()).replaceAll(" "))
                .orElse("");
    }

    /** The kinds of runs, if not all of them, and whether nested ones are left out. */
    private static String kinds(CallbackClass callback) {
        boolean all = callback.kinds().containsAll(List.of(RunKind.values()));
        return Stream.of(all ? "" : join(callback.kinds()), callback.nested() ? "" : "not nested")
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String name(HandledEvent handled) {
        return handled instanceof HandledEvent.BuiltIn b ? lower(b.event()) : handled.name();
    }

    private static String lower(Event event) {
        return event.lowerCaseName();
    }

    private static String join(Collection<? extends Enum<?>> constants) {
        return constants.stream().map(c -> c.name().toLowerCase(Locale.ROOT)).collect(Collectors.joining(", "));
    }

    /** The lines of the table. */
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
