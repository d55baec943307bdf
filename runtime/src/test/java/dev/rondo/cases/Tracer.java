package dev.rondo.cases;

import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Records the events that it receives. */
final class Tracer {
    private static final Map<String, String> MACROS = Map.of(
            "t", "BB AP AL BW AW BS AS AB",
            "v", "BB AP AL AB",
            "E", "BE BT t t AT BV v AV AE");
    private static final Pattern REPEATED = Pattern.compile("\\[([^\\]]*)\\]x(\\d+)");

    private final List<String> codes = new ArrayList<>();

    @On({
        Event.AFTER_CREATE,
        Event.BEFORE_FIT,
        Event.BEFORE_EPOCH,
        Event.BEFORE_TRAIN,
        Event.BEFORE_BATCH,
        Event.AFTER_PRED,
        Event.AFTER_LOSS,
        Event.BEFORE_BACKWARD,
        Event.AFTER_CANCEL_BACKWARD,
        Event.AFTER_BACKWARD,
        Event.BEFORE_STEP,
        Event.AFTER_CANCEL_STEP,
        Event.AFTER_STEP,
        Event.AFTER_CANCEL_BATCH,
        Event.AFTER_BATCH,
        Event.AFTER_CANCEL_TRAIN,
        Event.AFTER_TRAIN,
        Event.BEFORE_VALIDATE,
        Event.AFTER_CANCEL_VALIDATE,
        Event.AFTER_VALIDATE,
        Event.AFTER_CANCEL_EPOCH,
        Event.AFTER_EPOCH,
        Event.AFTER_CANCEL_FIT,
        Event.AFTER_FIT
    })
    void write(Event event) {
        codes.add(code(event));
    }

    private static String code(Event event) {
        if (event == Event.AFTER_CREATE) return "AC";
        String name = event.name();
        String kind = name.startsWith("AFTER_CANCEL_") ? "C" : name.substring(0, 1);
        String about = name.substring(name.lastIndexOf('_') + 1);
        return kind + (about.equals("BACKWARD") ? "W" : about.substring(0, 1)); // B stands for batch
    }

    /** The events since the last call, as codes separated by blanks. */
    String take() {
        String trace = String.join(" ", codes);
        codes.clear();
        return trace;
    }

    /** A trace with its macros expanded. */
    static String expand(String trace) {
        String flat = REPEATED.matcher(trace)
                .replaceAll(m -> String.join(" ", Collections.nCopies(Integer.parseInt(m.group(2)), m.group(1))));
        StringBuilder all = new StringBuilder();
        for (String word : flat.trim().split("\\s+")) {
            String meaning = MACROS.get(word);
            all.append(meaning == null ? word : expand(meaning)).append(' ');
        }
        return all.toString().trim();
    }
}
